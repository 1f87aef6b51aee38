/* Initialisation of objects: braced lists, conversions, calls that build in place. */
#ifndef CUHOSTLINT_LOWER_BODY_INITIALISERS_H
#define CUHOSTLINT_LOWER_BODY_INITIALISERS_H

#include "lower/body/body.h"

/* Initialises the object of type `type` at `place` with an expression or a braced list. */
void initialisers_into(struct body *b, node_id node, ir_value place, ir_id type);

#endif
