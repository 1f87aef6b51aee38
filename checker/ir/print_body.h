/* The blocks of a function, and what all of a dump is made of. */
#ifndef CUHOSTLINT_IR_PRINT_BODY_H
#define CUHOSTLINT_IR_PRINT_BODY_H

#include "ir/ir.h"

#include <stdio.h>

struct printer {
    FILE *out;
    const struct ir_unit *unit;
    const struct ir_function *fn; /* NULL outside of one */
};

/* "?" for none. */
const char *print_type_name(const struct ir_unit *unit, ir_id type);

/* "@line:column", the file where it is not the main one, and the macro. */
void print_loc(const struct printer *p, struct ir_loc loc);

/* A block of p->fn with its operations and terminator, one to a line. */
void print_block(const struct printer *p, ir_id index);

#endif
