/* Branches that a finding's reader has to know of: steps of the path that no call makes. */
#ifndef CUHOSTLINT_ENGINE_WALK_TURNINGS_H
#define CUHOSTLINT_ENGINE_WALK_TURNINGS_H

#include "engine/internal.h"

/* The path is about to take the side of `block`'s branch where the condition is `truth`. While
 * something is registered, is there an unregister call on the other side alone? */
void turning_past_unregister(struct engine *engine, struct state *state,
                             const struct ir_block *block, bool truth);
/* The path has taken the side of a branch that it did not know: is what it asked about 0 there? */
void turning_to_zero(struct engine *engine, struct state *state, site_id branch,
                     value_id condition);

#endif
