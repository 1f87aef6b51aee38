/* Whether a unit is well formed. */
#ifndef CUHOSTLINT_IR_CHECK_H
#define CUHOSTLINT_IR_CHECK_H

#include "ir/ir.h"
#include "support/error.h"

/* The first thing wrong with the unit, or NULL: an index outside its table, an operation without
 * what its code needs, a block whose targets do not fit its terminator. The error lives in
 * `arena`. */
const struct error *ir_check(struct arena *arena, const struct ir_unit *unit);

/* The first thing wrong with one function of the unit. */
const struct error *ir_check_function(struct arena *arena, const struct ir_unit *unit,
                                      const struct ir_function *function);

#endif
