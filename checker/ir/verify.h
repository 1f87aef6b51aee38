/* The promises of ir.h, checked: for tests and debug builds. */
#ifndef CUHOSTLINT_IR_VERIFY_H
#define CUHOSTLINT_IR_VERIFY_H

#include "ir/ir.h"

/* NULL when the unit keeps them all; else what is wrong, and where, in `unit->arena`. */
const char *ir_verify(const struct ir_unit *unit);

#endif
