/* How a path of the root ended, by what it returns. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_OUTCOMES_H
#define CUHOSTLINT_ENGINE_PAIRS_OUTCOMES_H

#include "engine/internal.h"

/* `result`: what is returned, of an object its address; VALUE_NONE: nothing. */
struct outcome outcome_of(struct engine *engine, struct state *state, value_id result);

#endif
