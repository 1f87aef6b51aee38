/* A unit as bytes: what a worker hands over, and what a cache keeps. */
#ifndef CUHOSTLINT_IR_WRITE_H
#define CUHOSTLINT_IR_WRITE_H

#include "ir/ir.h"

#include <stddef.h>

/* Serialises the unit; the bytes live in `arena`. The same unit gives the same bytes on every
 * machine. */
void ir_write(struct arena *arena, const struct ir_unit *unit, unsigned char **bytes, size_t *len);

#endif
