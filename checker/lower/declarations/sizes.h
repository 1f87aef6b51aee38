/* sizeof and its like. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_SIZES_H
#define CUHOSTLINT_LOWER_DECLARATIONS_SIZES_H

#include "lower/body/body.h"

/* The number, with the type that a sizeof measures: it may be known at its use only. */
ir_value sizes_value(struct body *b, node_id node);

#endif
