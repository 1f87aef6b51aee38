/* Objects of library classes in a template's pattern, std::vector<T> v(n): what clang leaves to the
 * instance (which constructor, which assignment) is spelled out for the classes that the models
 * know. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_PATTERNS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_PATTERNS_H

#include "lower/body/body.h"

/* Is it such a class? */
bool patterns_leave_open(const struct body *b, ir_id type);
/* `v(n)`, `v{a, b}` or `v` alone (NODE_NONE). False: it is something else. */
bool patterns_construct(struct body *b, node_id node, ir_value place, ir_id type);
/* `v{a, b}`, which is not empty, of an object of a library class: what clang shows of it where a
 * member of a template is initialised, also in an instance. */
void patterns_construct_list(struct body *b, node_id node, ir_value place, ir_id type);
/* Is what the expression gives nobody else's, so that it may be moved? */
bool patterns_is_moved(struct body *b, node_id node);
/* The object at `source` is copied, or moved, to a new one, or to one that is there. False: it is
 * of no such class. */
bool patterns_copy(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved);
bool patterns_assign(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved);
/* v[i] and *v, of which clang does not say that they are calls: the element's place. */
ir_value patterns_subscript(struct body *b, ir_value object, ir_value index, ir_id type);
ir_value patterns_dereference(struct body *b, ir_value object, ir_id type);
/* The class of the object at that place, whose expression is of that type: the class at hand knows
 * more than the pattern. IR_NONE: none. */
ir_id patterns_class_at(struct body *b, ir_value object, ir_id type);
/* What a vector or array of the class holds, one behind the other; else an unknown type. */
ir_id patterns_element(struct body *b, ir_id class);
/* Does v.front(), of which clang knows no more than that it is a member, give a reference to an
 * element? */
bool patterns_give_element(struct body *b, node_id member);

#endif
