/* The bodies of functions. */
#ifndef CUHOSTLINT_LOWER_BODY_LOWER_FUNCTION_H
#define CUHOSTLINT_LOWER_BODY_LOWER_FUNCTION_H

#include "lower/body/body.h"

/* Lowers the body of a declared function that has one. */
void lower_function(struct unit_builder *u, ir_id function);

/* Lowers operator() of a lambda expression that stands in `outer`; that of a generic lambda waits
 * for lower_function_deferred, which lowers what nothing has instantiated. */
void lower_function_lambda(struct body *outer, node_id lambda, ir_id record);
void lower_function_deferred(struct unit_builder *u);

/* The dynamic initialisation of the unit's globals, where there is any. */
void lower_function_globals(struct unit_builder *u);

#endif
