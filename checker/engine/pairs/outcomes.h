/* How a path of the root ended, by what it returns. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_OUTCOMES_H
#define CUHOSTLINT_ENGINE_PAIRS_OUTCOMES_H

#include "engine/internal.h"

/* `result`: what is returned, of an object its address; VALUE_NONE: nothing. */
struct outcome outcome_of(struct engine *engine, struct state *state, value_id result);

/* A path of the root ends with that: what does it tell of the numbers that the root fails with? */
void outcome_note(struct engine *engine, const struct state *state, value_id result);

/* What the outcome says, as far as the paths noted tell: where the root returns 0 after a failure,
 * and nothing but 0, other numbers are its success ("int" in place of "bool"). */
enum outcome_kind outcome_said(const struct engine *engine, struct outcome outcome);

#endif
