/* Pointers that leave sight. */
#ifndef CUHOSTLINT_ENGINE_STATE_ESCAPE_H
#define CUHOSTLINT_ENGINE_STATE_ESCAPE_H

#include "engine/internal.h"

/* The pointer went where the checker cannot follow. */
void escape(struct engine *engine, struct state *state, value_id value);
/* ... or the path has lost it: no code out of sight had it. */
void lose_track(struct engine *engine, struct state *state, value_id value);
/* What lies there went there, too: a block that the path made, and whatever such blocks lead to.
 * What they hold stays as it is until code out of sight runs. */
void escape_held(struct engine *engine, struct state *state, value_id content);
/* So did what an object holds, but not the object. */
void escape_contents(struct engine *engine, struct state *state, value_id object);
void escape_reachable(struct engine *engine, struct state *state, value_id value, uint64_t salt);
/* As escape_reachable, but the object itself is constant there: its own members stay as they are.
 */
void escape_from(struct engine *engine, struct state *state, value_id object, uint64_t salt);
/* What the block at `base` holds may be something else when the code that is given it comes back.
 */
void lose_contents(struct engine *engine, struct state *state, value_id base, uint64_t salt);
/* The pointer lies where code after this function, or code out of sight, may find it. */
void hand_on(struct engine *engine, struct state *state, value_id value);

#endif
