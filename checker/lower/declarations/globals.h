/* Variables of static storage: of namespaces, of classes, and static locals. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_GLOBALS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_GLOBALS_H

#include "lower/builder.h"

/* The global of a variable's declaration, or IR_NONE when it is no variable of static storage. */
ir_id globals_of(struct unit_builder *u, CXCursor declaration);

/* A variable that clang leaves to a template's instance, `table<T>` in its pattern: nothing is
 * known of it but where it is. `name`: as written; `owner`: the link key of the function that names
 * it. */
ir_id globals_of_instance(struct unit_builder *u, const char *owner, const char *name);

#endif
