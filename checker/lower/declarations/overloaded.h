/* Operators of a template's pattern that might be overloaded: `status != cudaSuccess` where some
 * operator!= is declared and the status comes from a call with an argument of unknown type. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_OVERLOADED_H
#define CUHOSTLINT_LOWER_DECLARATIONS_OVERLOADED_H

#include "lower/body/body.h"

/* Lowers such a call as the built-in operator, of objects as an unknown one; false: the node is no
 * such call. */
bool overloaded_operator(struct body *b, node_id node, ir_value *result);

#endif
