/* Functions that stand twice in a program, or in two programs that were linted together. */
#ifndef CUHOSTLINT_LINK_COPIES_H
#define CUHOSTLINT_LINK_COPIES_H

#include "ir/ir.h"

/* Do the two bodies do the same, operation by operation, with functions and globals of the same
 * keys? False where they may differ. */
bool copies_are_equal(const struct ir_unit *a_unit, const struct ir_function *a,
                      const struct ir_unit *b_unit, const struct ir_function *b);

#endif
