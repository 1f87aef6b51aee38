/* Branches that a finding's reader has to know of: steps of the path that no call makes. */
#ifndef CUHOSTLINT_ENGINE_WALK_TURNINGS_H
#define CUHOSTLINT_ENGINE_WALK_TURNINGS_H

#include "engine/internal.h"

/* The path is about to leave `block` for that one of its targets. While something is registered, is
 * there an unregister call on the way of another one alone? */
void turning_past_unregister(struct engine *engine, struct state *state,
                             const struct ir_block *block, ir_id target);
/* The path has taken the side of a branch that it did not know: is what it asked about 0 there? */
void turning_to_zero(struct engine *engine, struct state *state, site_id branch,
                     value_id condition);

#endif
