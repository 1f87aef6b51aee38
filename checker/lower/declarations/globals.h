/* Variables of static storage: of namespaces, of classes, and static locals. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_GLOBALS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_GLOBALS_H

#include "lower/builder.h"

/* The global of a variable's declaration, or IR_NONE when it is no variable of static storage. */
ir_id globals_of(struct unit_builder *u, CXCursor declaration);

#endif
