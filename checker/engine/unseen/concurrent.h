/* Bodies that code out of sight was given to run. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_CONCURRENT_H
#define CUHOSTLINT_ENGINE_UNSEEN_CONCURRENT_H

#include "engine/internal.h"

struct invocation;

/* Code out of sight takes the arguments: bodies among them that handle memory run whenever it likes
 * (concurrent.c). */
void concurrent_handed(struct engine *engine, struct state *state,
                       const struct invocation *invocation);
/* May such a body come by what the pointer points to? */
bool concurrent_reaches(struct engine *engine, const struct state *state, value_id pointer);

#endif
