/* operator() of closures. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_CALL_OPERATORS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_CALL_OPERATORS_H

#include "lower/builder.h"

/* The one of that closure class. A generic lambda's instances are functions of their own. */
ir_id call_operators_of(struct unit_builder *u, ir_id record);

#endif
