/* Lambda expressions: the closure's record, its captures, and operator(). */
#ifndef CUHOSTLINT_LOWER_BODY_LAMBDAS_H
#define CUHOSTLINT_LOWER_BODY_LAMBDAS_H

#include "lower/body/body.h"

/* Builds the closure at `place`, and lowers the body of its operator(). */
void lambdas_into(struct body *b, node_id node, ir_value place);

#endif
