/* What is forgotten at the head of a loop where the number of turns is not known. */
#ifndef CUHOSTLINT_ENGINE_WALK_WIDEN_H
#define CUHOSTLINT_ENGINE_WALK_WIDEN_H

#include "engine/internal.h"
#include "engine/value/pmap.h"

/* Each cell that the last turn changed holds a symbol from now on that stands for what it holds in
 * any turn. `loop`: tells loops apart; `store_before`: memory at the head, one turn ago;
 * `keeps_choices`: not so the cells of choices.c. */
void widen_store(struct engine *engine, struct state *state, uint64_t loop, pmap store_before,
                 bool keeps_choices);

/* "i < n" in each turn brings n's bound closer: what holds in all of these turns is what held in
 * the first of them. */
void widen_ranges(struct engine *engine, struct state *state, pmap ranges_before);

/* May what a loop made of a pointer, in a number of turns that is not known, be the block? */
bool widen_may_be(const struct engine *engine, value_id pointer, value_id block);

#endif
