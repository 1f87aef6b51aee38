/* Variables that tell which way a path came. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_WAYS_H
#define CUHOSTLINT_ENGINE_UNSEEN_WAYS_H

#include "ir/ir.h"

#include <stdbool.h>

/* Is the call, in a body of that unit, given a variable that the function sets to one thing or
 * another by the way that it goes? */
bool way_is_asked(const struct ir_unit *unit, const struct ir_function *function,
                  const struct ir_call *call);

#endif
