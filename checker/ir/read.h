/* A unit from the bytes that ir_write made. */
#ifndef CUHOSTLINT_IR_READ_H
#define CUHOSTLINT_IR_READ_H

#include "ir/ir.h"
#include "support/error.h"

#include <stddef.h>

/* Reads a unit into `arena`; `bytes` may be released afterwards. Nothing about the bytes is taken
 * on trust: damaged, truncated or invented ones, and those of another version, give an error, and
 * a unit that was read has only indexes that lie in their tables (ir_check). */
const struct error *ir_read(struct arena *arena, const void *bytes, size_t len,
                            struct ir_unit **unit);

#endif
