/* Variables that take only values which the program writes out. */
#ifndef CUHOSTLINT_ENGINE_WALK_CHOICES_H
#define CUHOSTLINT_ENGINE_WALK_CHOICES_H

#include "engine/internal.h"
#include "engine/value/pmap.h"

/* The path has come to a loop head. False: enough turns, it ends here. */
/* Variables that take only values which the program writes out (choices.c). */
enum turn_kind {
    TURN_COUNTS,      /* none of them changed, or too many did */
    TURN_CHOOSES,     /* some did, and other memory */
    TURN_ONLY_CHOOSES /* nothing else did */
};
void choice_note_store(struct engine *engine, const struct state *state, value_id cell,
                       ir_value stored);
/* Both contents of the cell are such values. */
bool choice_is(const struct engine *engine, value_id cell, value_id before, value_id now);
/* What the turn did, at whose start memory was `store_before`. */
enum turn_kind choice_turn(const struct engine *engine, const struct state *state,
                           pmap store_before);

#endif
