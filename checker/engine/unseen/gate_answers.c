/* What is asked of flags, and what they are set to (gates.c). */
#include "engine/unseen/gate_answers.h"

#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/unseen/gates.h"
#include "engine/walk/step.h"
#include "engine/walk/walk.h"

uint64_t gate_key_of_place(value_id place)
{
    return hash_u64(place) | 1;
}

static uint64_t key_of_symbol(const struct engine *engine, value_id value, value_id *place)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    if (symbol->is_pointer)
        return 0;
    if (symbol->kind == SYMBOL_CONTENT) {
        *place = memory_found_at(engine, value);
        return *place == VALUE_NONE || !gate_is_read_twice(engine, *place)
                   ? 0
                   : gate_key_of_place(*place);
    }
    uint32_t question =
        symbol->kind == SYMBOL_RESULT ? map_get_u64(&engine->result_of, value) : (uint32_t)MAP_NONE;
    return question == MAP_NONE ? 0 : hash_u64((uint64_t)question << 32) | 1;
}

/* The same for what is read at one place, or asked by one call, at different times: flags,
 * flags & 2. 0: it is nothing that can change out of sight. */
static uint64_t key_of(const struct engine *engine, value_id value, value_id *place)
{
    struct value v = *value_at(&engine->values, value);
    *place = VALUE_NONE;
    if (v.kind == VALUE_SYMBOL)
        return key_of_symbol(engine, value, place);
    if (v.kind != VALUE_OPERATION || v.a == VALUE_NONE ||
        value_at(&engine->values, v.a)->kind != VALUE_SYMBOL ||
        (v.b != VALUE_NONE && !value_is_int(&engine->values, v.b, NULL)))
        return 0;
    uint64_t whole = key_of_symbol(engine, v.a, place);
    return whole ? hash_u64(whole ^ hash_u64(((uint64_t)v.sub << 32) | v.b)) | 1 : 0;
}

static uint32_t name_of(const struct engine *engine, value_id subject, value_id place)
{
    if (place != VALUE_NONE)
        return place_name(&engine->values, place);
    const struct value *value = value_at(&engine->values, subject);
    return gate_name_of_symbol(engine, value->kind == VALUE_SYMBOL ? subject : value->a);
}

/* What a condition says something of. */
static value_id subject_of(const struct engine *engine, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    if (value.kind != VALUE_COMPARISON)
        return condition;
    if (value_is_int(&engine->values, value.b, NULL))
        return value.a;
    return value_is_int(&engine->values, value.a, NULL) ? value.b : VALUE_NONE;
}

value_id gate_place_read(struct engine *engine, struct state *state, const struct ir_block *branch)
{
    const struct ir_function *function = walk_function(engine, state);
    const struct ir_op *op = &function->ops.data[branch->value];
    while (op->code == IR_CAST || (op->code == IR_UNARY && op->sub == IR_NOT) ||
           (op->code == IR_COMPARE && function->ops.data[op->b].code == IR_CONST))
        op = &function->ops.data[op->a];
    if (op->code != IR_LOAD || function->ops.data[op->a].code != IR_FIELD ||
        walk_flow(engine, state)->block_of[op->a] != state->block)
        return VALUE_NONE;
    return operand(engine, state, op->a);
}

bool gate_answer_of(struct engine *engine, const struct state *state, value_id condition,
                    struct gate_answer *answer)
{
    value_id subject = condition == VALUE_NONE ? VALUE_NONE : subject_of(engine, condition);
    if (subject == VALUE_NONE)
        return false;
    *answer = (struct gate_answer){.subject = subject, .range = range_of(engine, state, subject)};
    answer->key = key_of(engine, subject, &answer->place);
    answer->place_key =
        answer->place == VALUE_NONE ? answer->key : gate_key_of_place(answer->place);
    answer->name = answer->key ? name_of(engine, subject, answer->place) : 0;
    return true;
}

static bool is_widened(const struct engine *engine, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && symbol->kind == SYMBOL_WIDENED && !symbol->is_pointer;
}

bool gate_is_of_turns(const struct engine *engine, value_id subject)
{
    const struct values *values = &engine->values;
    const struct value *value = value_at(values, subject);
    if (value->kind != VALUE_INT)
        return is_widened(engine, subject);
    for (const struct term *term = term_at(values, value->a); term;
         term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            if (is_widened(engine, m->atom))
                return true;
    return false;
}

static enum gate_source source_of(const struct ir_function *function, ir_value value)
{
    const struct ir_op *op = ir_behind_casts(function, value);
    if (op->code == IR_CONST)
        return GATE_LITERAL;
    bool is_counted = op->code == IR_BINARY && op->sub != IR_AND && op->sub != IR_OR;
    return is_counted ? GATE_COUNTED : GATE_ANSWER;
}

enum gate_source gate_source_of_store(const struct engine *engine, const struct state *state)
{
    const struct ir_function *function = walk_function(engine, state);
    const struct ir_block *block = &function->blocks.data[state->block];
    if (state->next == 0 || state->next > block->ops.len)
        return GATE_LITERAL;
    const struct ir_op *op = &function->ops.data[block->ops.data[state->next - 1]];
    return op->code == IR_STORE ? source_of(function, op->b) : GATE_LITERAL;
}
