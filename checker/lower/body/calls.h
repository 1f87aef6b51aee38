/* Calls of every kind: functions, methods, operators, function pointers, constructors, kernels,
 * and calls that clang could not resolve. */
#ifndef CUHOSTLINT_LOWER_BODY_CALLS_H
#define CUHOSTLINT_LOWER_BODY_CALLS_H

#include "lower/body/body.h"

/* The call's result; a record result is built at `into` (IR_NONE: in a temporary, whose address is
 * the result); a reference is an address. IR_NONE for void. */
ir_value calls_value(struct body *b, node_id node, ir_value into);

/* A call whose result nobody takes. */
void calls_discard(struct body *b, node_id node);

/* A constructor call that initialises the object at `place`; an array's elements one by one. */
void calls_construct(struct body *b, node_id node, ir_value place, ir_id type);

/* A call of a method without arguments, made by the language: a destructor. */
ir_value calls_method(struct body *b, ir_id function, ir_value object);

/* A call made by the language itself, with arguments. */
ir_value calls_plain(struct body *b, ir_id function, const ir_value *args, size_t count);

/* The same for an operation whose result has another type in each call. */
ir_value calls_builtin(struct body *b, ir_id function, const ir_value *args, size_t count,
                       ir_id type);

/* A constructor or assignment of `function`'s class from the object at `source` (IR_NONE: none). */
void calls_special(struct body *b, CXCursor function, ir_value object, ir_value source);
/* The assignment operator of the class from the object at `source`, by its name alone. */
void calls_assign(struct body *b, ir_id record, ir_value object, ir_value source, bool is_moved);

/* What an object says in a condition: its conversion function is called. */
ir_value calls_condition(struct body *b, ir_value object, ir_id record);

#endif
