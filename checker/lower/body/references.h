/* Expressions that are a name: of a variable, a function, an enumerator, a template's parameter. */
#ifndef CUHOSTLINT_LOWER_BODY_REFERENCES_H
#define CUHOSTLINT_LOWER_BODY_REFERENCES_H

#include "lower/body/body.h"

/* The address of the function, whose body is wanted from here on. */
ir_value references_function(struct body *b, CXCursor function);

/* The address of what the name stands for; and its value. */
ir_value references_place(struct body *b, node_id node);
ir_value references_value(struct body *b, node_id node);

#endif
