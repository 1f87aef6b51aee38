/* Conditions and what they choose between: if, while, ?:, && and ||. */
#ifndef CUHOSTLINT_LOWER_BODY_CONDITIONS_H
#define CUHOSTLINT_LOWER_BODY_CONDITIONS_H

#include "lower/body/body.h"

/* Branches on the truth of an expression. */
void conditions_branch(struct body *b, node_id node, ir_id yes, ir_id no);

/* The values of both ways of ?:, and of && and ||, meet in a temporary. */
ir_value conditions_value(struct body *b, node_id node, bool as_place);

/* Are both ways of a ?: objects, so that the whole is one? */
bool conditions_chooses_place(struct body *b, node_id node);

/* a ?: b, which libclang shows as a wrapper with four children. */
bool conditions_is_elvis(struct body *b, node_id node);

#endif
