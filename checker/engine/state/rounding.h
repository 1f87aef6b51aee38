/* Sizes that are rounded to a multiple of a number that need not be known: the size of a page. */
#ifndef CUHOSTLINT_ENGINE_STATE_ROUNDING_H
#define CUHOSTLINT_ENGINE_STATE_ROUNDING_H

#include "engine/internal.h"

/* Is (n + p - 1) & ~(p - 1), or (n + p - 1) / p, 1 at least? */
bool rounding_leaves_some(struct engine *engine, const struct state *state, value_id operation);
/* Is the one rounded address larger than the other: ((a + n + p - 1) & ~(p - 1)) - (a & ~(p - 1))?
 */
bool rounding_keeps_apart(struct engine *engine, const struct state *state, value_id difference);
/* Are the bits that the operation asks for, (n & ~(p - 1)) & 1, those that the number has none of?
 * Who keeps flags there rounds to more than they need. */
bool rounding_clears_bits(struct engine *engine, const struct state *state, value_id operation);

#endif
