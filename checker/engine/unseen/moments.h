/* Unknown contents, told apart by the moment since when they are unknown. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_MOMENTS_H
#define CUHOSTLINT_ENGINE_UNSEEN_MOMENTS_H

#include "engine/internal.h"

struct marks;

/* The symbol stands for a content that is unknown since the moment: an epoch, or a fill. */
void moment_note(struct engine *engine, value_id content, uint64_t moment);
void moment_note_same(struct engine *engine, value_id content, value_id as);
/* Could a read find the unknown content once more? */
bool moment_is_present(const struct engine *engine, const struct state *state, value_id content);
/* Is it unknown since the path began? */
bool moment_is_first(const struct engine *engine, value_id content);
/* A short name of the moment. */
uint32_t moment_name(uint64_t moment);
/* Moments that nothing is remembered of get the name of the place that the path is at. */
void moments_rename(const struct marks *marks, struct state *state);

#endif
