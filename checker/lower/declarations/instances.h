/* Members of an instance of a class template of which clang shows the template's only. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_INSTANCES_H
#define CUHOSTLINT_LOWER_DECLARATIONS_INSTANCES_H

#include "lower/builder.h"

/* The member of an instance of a class template: the one that clang shows, or one whose body is
 * lowered from that of `pattern`, the member of the template. */
ir_id instances_member(struct unit_builder *u, ir_id pattern, ir_id record);

/* The function, or where it is a member of the template that the class is an instance of, that of
 * the instance: what it asks of the arguments is answered there. */
ir_id instances_own(struct unit_builder *u, ir_id function, ir_id record);

/* Asks for the constructors that copy and move an instance of a class template, which clang does
 * not show where only the library calls them: for elements, for what an optional holds. */
void instances_want_transfers(struct unit_builder *u, ir_id record);

/* Asks for the virtual member functions of an instance of a class template, which clang shows only
 * where they are called by name: whoever has the base calls them. */
void instances_want_virtuals(struct unit_builder *u, ir_id record);

#endif
