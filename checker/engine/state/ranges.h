/* Between which numbers a value lies: by its type, by what it is made of, and by what the path
 * assumes, a range for each polynomial that was compared. */
#ifndef CUHOSTLINT_ENGINE_STATE_RANGES_H
#define CUHOSTLINT_ENGINE_STATE_RANGES_H

#include "engine/internal.h"

struct range range_of(struct engine *engine, const struct state *state, value_id value);
/* Assumes again what the path has forgotten because nothing can ask for it. */
void ranges_recall(struct engine *engine, struct state *state);
/* value = scale * canonical + shift, so that comparisons of one thing meet at one canonical form:
 * no constant part, coefficients without a common divisor, the first one positive. */
value_id ranges_canonical(struct engine *engine, value_id id, int64_t *scale, int64_t *shift);

#endif
