/* Unary and binary operators, and subscripts. */
#ifndef CUHOSTLINT_LOWER_BODY_OPERATORS_H
#define CUHOSTLINT_LOWER_BODY_OPERATORS_H

#include "lower/body/body.h"

ir_value operators_unary(struct body *b, node_id node);
ir_value operators_binary(struct body *b, node_id node);
ir_value operators_compound(struct body *b, node_id node);

/* Places. */
ir_value operators_unary_place(struct body *b, node_id node);
ir_value operators_binary_place(struct body *b, node_id node);
ir_value operators_compound_place(struct body *b, node_id node);
ir_value operators_subscript_place(struct body *b, node_id node);

/* x + y where either may be a pointer. */
ir_value operators_add(struct body *b, enum ir_binary op, ir_value x, ir_id x_type, ir_value y,
                       ir_id y_type, ir_id type);

#endif
