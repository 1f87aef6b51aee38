/* Constructors that a class inherits: `using base::base;`. */
#ifndef CUHOSTLINT_LOWER_BODY_INHERITED_H
#define CUHOSTLINT_LOWER_BODY_INHERITED_H

#include "lower/body/body.h"

/* Is the constructor that is being lowered (`function` is its node) one of the base that the field
 * is? Then it initialises that base of the object, with what it was given. */
bool inherited_constructs(struct body *b, node_id function, ir_value self,
                          const struct ir_field *base);

#endif
