/* Parts of an object that the language knows by their number: what structured bindings name, and
 * what std::get gives. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_NUMBERED_H
#define CUHOSTLINT_LOWER_DECLARATIONS_NUMBERED_H

#include "lower/body/body.h"

/* The address of part `index`, of type `part`, of the object of that type at `object`. The library
 * alone knows where a tuple keeps its parts: they are fields "(0)", "(1)" ... */
ir_value numbered_place(struct body *b, ir_value object, ir_id type, uint32_t index, ir_id part);

/* Is the call std::get of a pair, tuple, array or variant? `*result` becomes the part's address.
 * Or does it ask a variant for a part that may not be there (get_if, holds_alternative)? `*result`
 * becomes the answer. */
bool numbered_get(struct body *b, node_id node, ir_value *result);

#endif
