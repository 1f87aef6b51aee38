/* What a call is given: arguments as they are written, and those that are left out. */
#ifndef CUHOSTLINT_LOWER_BODY_CALL_ARGUMENTS_H
#define CUHOSTLINT_LOWER_BODY_CALL_ARGUMENTS_H

#include "lower/body/callees.h"

node_id call_arguments_nth(struct body *b, node_id node, unsigned index);
node_id call_arguments_first(struct body *b, node_id node);

/* Appends the arguments of the call at `node` to `call`, its object first. `configuration`: of a
 * kernel launch, what stands in <<<>>> and is no argument (NODE_NONE: it is none). */
void call_arguments_add(struct body *b, node_id node, struct callee *callee, struct ir_call *call,
                        node_id configuration);

/* Grid, block, shared memory, stream of a launch: evaluated for what they do. */
void call_arguments_evaluate(struct body *b, node_id configuration);

#endif
