/* What the library calls back: operator() of the objects that it is given. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_CALLBACKS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_CALLBACKS_H

#include "lower/builder.h"

/* Asks for the call operators of the objects that the function gives to the library. Those of a
 * class of a header, or that stands in a function, are otherwise met only where somebody calls them
 * by name. */
void callbacks_want(struct unit_builder *u, const struct ir_function *function);

#endif
