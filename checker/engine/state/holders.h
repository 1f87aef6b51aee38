/* Who keeps a block. */
#ifndef CUHOSTLINT_ENGINE_STATE_HOLDERS_H
#define CUHOSTLINT_ENGINE_STATE_HOLDERS_H

#include "engine/internal.h"

/* A cell was forgotten. A block that only it kept can be met again (rows[i] in the next loop) by
 * an address that does not say so: what becomes of its registration is not known. */
void holders_lose_track(struct engine *engine, struct state *state, value_id content);
/* Do pointers lead from the object, over blocks of the path's own perhaps, to the block? */
bool holders_lead(struct engine *engine, const struct state *state, value_id holder,
                  value_id block);
/* True when a path or an object outside can still reach the block at its end. */
bool holders_are_outside(struct engine *engine, const struct state *state, value_id block,
                         value_id returned);

#endif
