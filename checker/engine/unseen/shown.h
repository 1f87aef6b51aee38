/* Results of code out of sight that nothing is known of. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_SHOWN_H
#define CUHOSTLINT_ENGINE_UNSEEN_SHOWN_H

#include "engine/internal.h"

struct invocation;

/* What a call gave is not known: it may point into what its arguments show. */
void shown_note(struct engine *engine, struct state *state, const struct invocation *invocation);
/* A pointer was registered, or unregistered: where nothing is known of it, any block that it may
 * point into may have been meant. */
void shown_registered(struct engine *engine, struct state *state, value_id pointer);
void shown_unregistered(struct engine *engine, struct state *state, value_id pointer);

#endif
