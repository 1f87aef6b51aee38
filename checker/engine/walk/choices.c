/* Variables that take only values which the program writes out: a state, a flag. How many these are
 * does not depend on how often a loop turns, so that its head need not forget them; and what a path
 * did goes with them. */
#include "engine/walk/choices.h"

#include "engine/state/context.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

enum { MOST_CASTS = 4 };

/* Is one of a few values stored, whatever the path? */
static bool is_chosen(struct engine *engine, const struct state *state, ir_value value)
{
    const struct program_function *function = context_function(engine, state->context);
    const struct ir_op *op = &function->ir->ops.data[value];
    for (int i = 0; op->code == IR_CAST && i < MOST_CASTS; i++)
        op = &function->ir->ops.data[op->a];
    switch (op->code) {
    case IR_CONST:
    case IR_COMPARE:
        return true;
    case IR_UNARY:
        return op->sub == IR_NOT;
    case IR_LOAD: /* what `c ? A : B` gives, or another such variable */
        return map_get_u64(&engine->computed, operand(engine, state, op->a)) == MAP_NONE;
    case IR_CALL: {
        const struct ir_type *type =
            op->type == IR_NONE ? NULL : &function->in->types.data[op->type];
        return type && (type->kind == IR_TYPE_ENUM || type->kind == IR_TYPE_BOOL);
    }
    default:
        return false;
    }
}

void choice_note_store(struct engine *engine, const struct state *state, value_id cell,
                       ir_value stored)
{
    if (value_is_int(&engine->values, operand(engine, state, stored), NULL) &&
        !is_chosen(engine, state, stored))
        map_set_u64(&engine->computed, cell, 1);
}

/* What the variable held when the path began is one more value. */
static bool may_be_chosen(const struct engine *engine, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return value_is_int(&engine->values, value, NULL) ||
           (symbol && (symbol->kind == SYMBOL_CONTENT || symbol->kind == SYMBOL_PARAMETER) &&
            !symbol->is_pointer);
}

bool choice_is(const struct engine *engine, value_id cell, value_id before, value_id now)
{
    return may_be_chosen(engine, before) && value_is_int(&engine->values, now, NULL) &&
           map_get_u64(&engine->computed, cell) == MAP_NONE;
}

/* Few enough to go through all of their values one by one. */
enum { MOST_CHOICES = 4 };

enum turn_kind choice_turn(const struct engine *engine, const struct state *state,
                           pmap store_before)
{
    size_t chosen = 0, others = 0;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content, before; pmap_next(&iter, &cell, &content);) {
        bool is_new = !pmap_get(store_before, cell, &before);
        if (!is_new && before == content)
            continue;
        bool is_choice =
            !is_new && choice_is(engine, (value_id)cell, (value_id)before, (value_id)content);
        chosen += is_choice;
        others += !is_choice;
    }
    if (!chosen || chosen > MOST_CHOICES)
        return TURN_COUNTS;
    return others ? TURN_CHOOSES : TURN_ONLY_CHOOSES;
}
