/* A readable dump of a unit: what --dump-ir prints and the golden tests compare. */
#ifndef CUHOSTLINT_IR_PRINT_H
#define CUHOSTLINT_IR_PRINT_H

#include "ir/ir.h"

#include <stdio.h>

/* Prints records, globals and functions of user files; system ones only by name where used. The
 * text depends on nothing but the source and its file names. */
void ir_print(FILE *out, const struct ir_unit *unit);

/* One function only. */
void ir_print_function(FILE *out, const struct ir_unit *unit, const struct ir_function *function);

#endif
