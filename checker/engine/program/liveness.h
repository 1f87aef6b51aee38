/* Which locals and values of operations of a function the code behind a place still names. What it
 * does not name any more it can reach through an address at most. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_LIVENESS_H
#define CUHOSTLINT_ENGINE_PROGRAM_LIVENESS_H

#include "engine/program/flow.h"
#include "ir/ir.h"

/* A set of locals and operations; NULL: all of them. */
typedef const uint64_t *live_set;

/* What the code from the start of `block` on names. */
live_set live_at(const struct ir_function *function, struct flow *flow, ir_id block);

/* What the code behind the call names, the place for its result included. */
live_set live_behind(const struct ir_function *function, struct flow *flow, ir_id call_op);

bool live_has_local(live_set live, ir_id local);

/* Is the value of an operation that outlives its block, or a call, used? */
bool live_has_value(live_set live, const struct ir_function *function, const struct flow *flow,
                    ir_id op);

#endif
