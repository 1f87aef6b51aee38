/* Statements. */
#ifndef CUHOSTLINT_LOWER_BODY_STATEMENTS_H
#define CUHOSTLINT_LOWER_BODY_STATEMENTS_H

#include "lower/body/body.h"

/* A statement; one that declares something lives in the scope around it. */
void statements_lower(struct body *b, node_id node);

/* A statement in a scope of its own: the branch of an if, the body of a loop. */
void statements_scoped(struct body *b, node_id node);

/* `switch (T x = ...; x)`, `for (T x = ...; y : x)`: libclang leaves the first part out. The
 * variables in it that are used get declared. */
void statements_hidden_declarations(struct body *b, node_id node);

/* Leaves the function with a value, or IR_NONE. */
void statements_return(struct body *b, ir_value value);

/* ({ ... }): the value of its last expression. */
ir_value statements_expression(struct body *b, node_id node);

/* The same where nobody asks for the value: a call at its end is discarded. */
void statements_discard_expression(struct body *b, node_id node);

/* c ? f() : g() as a statement. */
void statements_discard_conditional(struct body *b, node_id node);

/* The variable of `if (T x = ...)` comes to life; its value decides. */
void statements_condition_variable(struct body *b, node_id declaration, ir_id yes, ir_id no);

#endif
