/* Template arguments, by the name of their parameter. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_ARGUMENTS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_ARGUMENTS_H

#include "lower/body/body.h"

/* The type that `name` stands for in the instance being lowered: an argument of the function's
 * template or of its class's. IR_NONE when it is none. */
ir_id arguments_type(struct body *b, const char *name);

/* How many arguments of an instance of a class template its parameter `name` stands for, more than
 * one for a pack, and the first of them among those of the record. */
size_t arguments_of_class(struct unit_builder *u, ir_id record, const char *name, size_t *first);

/* Likewise the number that an instance was given for `name`. False: it is none, or this libclang
 * does not tell. */
bool arguments_number(struct body *b, const char *name, uint64_t *number);

/* Template argument `index` of a function's or class's instance, where it is a number. */
bool arguments_number_at(struct body *b, CXCursor instance, unsigned index, uint64_t *number);

#endif
