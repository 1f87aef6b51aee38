/* What a call expression calls: a function, a method of an object, what a pointer points to; and
 * which expressions are calls of a special kind. */
#ifndef CUHOSTLINT_LOWER_BODY_CALLEES_H
#define CUHOSTLINT_LOWER_BODY_CALLEES_H

#include "lower/body/body.h"

/* What a call expression calls. */
struct callee {
    CXCursor declaration; /* null: a pointer or unresolved */
    ir_id function;
    ir_value pointer;
    const char *written;
    CXType type; /* the function type, or invalid */
    CXType open; /* in a template's pattern: that of one of the functions that it may be */
    bool takes_object;
    bool is_object;  /* std::ranges::size: what is called is an object that only bears the name */
    bool has_object; /* evaluated: in `object` */
    ir_value object;
    bool is_virtual;
    node_id node; /* the callee's expression: no argument */
};

/* Emits what it takes to know the callee: the object of a method, a function pointer's value. */
struct callee callees_resolve(struct body *b, node_id node);

/* Is `type` that of a function? */
bool callees_knows_type(const struct callee *callee);

/* The type of a parameter, as far as it decides how the argument is given; or IR_NONE. */
ir_id callees_param_type(struct body *b, const struct callee *callee, unsigned index);

/* The part of the object at `object`, of class `record`, that is of the method's own class. */
ir_value callees_object(struct body *b, ir_value object, ir_id record, CXCursor method);

bool callees_is_constructor(struct body *b, node_id node);
bool callees_returns_reference(struct body *b, node_id node);
/* ... an object that it gives up: std::move. */
bool callees_returns_rvalue(struct body *b, node_id node);

/* __builtin_expect and its like: the value is the first argument. */
bool callees_is_expect(struct body *b, node_id node);

/* A wrapper that clang's error recovery left around a callee and its arguments. */
bool callees_is_recovered(struct body *b, node_id node);

/* Of a kernel launch: the call that holds what stands between <<< and >>>, or NODE_NONE. */
node_id callees_configuration(struct body *b, node_id node);

#endif
