/* Atomic operations of C: the builtins, and the macros of <stdatomic.h> that stand for them. */
#ifndef CUHOSTLINT_LOWER_BODY_ATOMICS_H
#define CUHOSTLINT_LOWER_BODY_ATOMICS_H

#include "lower/body/body.h"

/* The name that the operation is written with ("__atomic_load_n", "atomic_store"), or NULL where
 * the node is something else. libclang has no kind of its own for these expressions. */
const char *atomics_name(struct body *b, node_id node);

/* The operation as a call of the function of that name, without the memory orders: the models say
 * what it does. The result, IR_NONE for void. */
ir_value atomics_value(struct body *b, node_id node, const char *name);

#endif
