/* What a quotient, a remainder or a number that was rounded down has to do with the whole number:
 * n - n / 2, n - n % 64, end - (begin & ~4095). */
#ifndef CUHOSTLINT_ENGINE_STATE_QUOTIENTS_H
#define CUHOSTLINT_ENGINE_STATE_QUOTIENTS_H

#include "engine/internal.h"

/* The range of the sum, where it is known to be in `range`, by what its terms are parts of. */
struct range quotients_narrow(struct engine *engine, const struct state *state, value_id sum,
                              struct range range);

#endif
