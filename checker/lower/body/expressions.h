/* Expressions. As in clang's own code generation there are three ways to lower one: for its value
 * (scalars), for the place that it names (lvalues), and into a place (objects). */
#ifndef CUHOSTLINT_LOWER_BODY_EXPRESSIONS_H
#define CUHOSTLINT_LOWER_BODY_EXPRESSIONS_H

#include "lower/body/body.h"

/* The value: a scalar; the address of an object of class type (a temporary where the language
 * makes one); IR_NONE for void. */
ir_value expressions_value(struct body *b, node_id node);

/* As expressions_value, never IR_NONE. */
ir_value expressions_operand(struct body *b, node_id node);

/* The address of what the expression names, or of a temporary that holds its value. */
ir_value expressions_place(struct body *b, node_id node);

/* Initialises the object of type `type` at `place`. */
void expressions_into(struct body *b, node_id node, ir_value place, ir_id type);

/* For the side effects only: the value of an outermost call is discarded. */
void expressions_discard(struct body *b, node_id node);

/* A full expression: as expressions_discard, and its temporaries end. */
void expressions_statement(struct body *b, node_id node);

/* True when the expression names an object (or is one's value that C++ calls an xvalue), rather
 * than making a new one. */
bool expressions_is_place(struct body *b, node_id node);

#endif
