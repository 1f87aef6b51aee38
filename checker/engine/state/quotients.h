/* What a quotient or remainder has to do with the number that is divided: n - n / 2, n - n % 64. */
#ifndef CUHOSTLINT_ENGINE_STATE_QUOTIENTS_H
#define CUHOSTLINT_ENGINE_STATE_QUOTIENTS_H

#include "engine/internal.h"

/* The range of the sum, where it is known to be in `range`, by what its terms are parts of. */
struct range quotients_narrow(struct engine *engine, const struct state *state, value_id sum,
                              struct range range);

#endif
