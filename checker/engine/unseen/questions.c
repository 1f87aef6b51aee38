/* Calls out of sight that only ask: getenv("PIN"), use_pinned(), config.pinned(). Asked again at
 * another place, the same question has the same answer; a place that is met again, in a loop, asks
 * anew. And the first visit of a static local, which there is once. */
#include "engine/unseen/questions.h"

#include "engine/call/call.h"
#include "engine/program/ahead.h"
#include "engine/state/context.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/question_keys.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

#include <string.h>

static const struct ir_type *type_at(const struct ir_unit *unit, ir_id type)
{
    return type == IR_NONE ? NULL : &unit->types.data[type];
}

static bool leads_elsewhere(const struct ir_type *type)
{
    return type && (type->kind == IR_TYPE_POINTER || type->kind == IR_TYPE_REFERENCE);
}

static bool is_constant_text(const struct ir_unit *unit, const struct ir_type *type)
{
    const struct ir_type *target = leads_elsewhere(type) ? type_at(unit, type->element) : NULL;
    return target && target->is_const && target->kind == IR_TYPE_INT && target->size == 1;
}

/* Nothing fills an object that is declared const, nor what a question has given to look at. */
static bool is_constant(const struct engine *engine, value_id address)
{
    if (map_get_u64(&engine->question_of, address) != MAP_NONE)
        return true;
    const struct value *value = value_at(&engine->values, address);
    if (value->kind != VALUE_ADDRESS || value->b != 0)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    const struct program_global *global =
        region->kind == REGION_GLOBAL
            ? program_global(&engine->program, name_text(&engine->values, region->a))
            : NULL;
    return global && global->ir->type != IR_NONE &&
           engine->program.units[global->unit]->types.data[global->ir->type].is_const;
}

/* A library compares and searches objects, which the program fills in between. */
static bool asks_library_about_object(const struct engine *engine,
                                      const struct invocation *invocation,
                                      const struct ir_function *callee)
{
    const struct ir_unit *unit = invocation->unit;
    for (size_t i = 0; callee->in_system_header && i < callee->param_types.len; i++) {
        const struct ir_type *type = type_at(unit, callee->param_types.data[i]);
        const struct ir_type *target = leads_elsewhere(type) ? type_at(unit, type->element) : NULL;
        if (target && target->kind == IR_TYPE_RECORD &&
            !(i < invocation->count && is_constant(engine, invocation->args[i])))
            return true;
    }
    return false;
}

/* It cannot write through its arguments. `*texts`: all of them are texts. */
static bool only_reads(const struct ir_unit *unit, const struct ir_function *callee, bool *texts)
{
    *texts = callee->param_types.len > 0;
    for (size_t i = 0; i < callee->param_types.len; i++) {
        const struct ir_type *type = type_at(unit, callee->param_types.data[i]);
        const struct ir_type *target = leads_elsewhere(type) ? type_at(unit, type->element) : NULL;
        bool is_object = i == 0 && callee->is_const_method;
        if (!type || (leads_elsewhere(type) && !(target && target->is_const) && !is_object))
            return false;
        *texts &= is_constant_text(unit, type);
    }
    return true;
}

/* A pointer that it gives may be a new one at each call, but for what getenv and its like find. */
static bool is_question(const struct engine *engine, const struct invocation *invocation,
                        const struct ir_function *callee)
{
    const struct ir_unit *unit = invocation->unit;
    bool texts;
    const struct ir_type *result = type_at(unit, callee->result_type);
    bool takes_more = callee->is_variadic && invocation->count > callee->param_types.len;
    if (!result || takes_more || asks_library_about_object(engine, invocation, callee) ||
        !only_reads(unit, callee, &texts))
        return false;
    switch (result->kind) {
    case IR_TYPE_BOOL:
    case IR_TYPE_INT:
    case IR_TYPE_ENUM:
    case IR_TYPE_REFERENCE:
        return true;
    case IR_TYPE_POINTER:
        return texts;
    default:
        return false;
    }
}

void question_note(struct engine *engine, const struct state *state,
                   const struct invocation *invocation, value_id result)
{
    const struct ir_call *call = invocation->op->call;
    if (call->function == IR_NONE || !symbol_of(&engine->values, result))
        return;
    const struct ir_function *callee = &invocation->unit->functions.data[call->function];
    if (!gate_is_asked_twice(engine, callee))
        return;
    map_set_u64(&engine->result_of, result,
                (uint32_t)question_key(engine, state, invocation, callee) >> 1);
    map_set_u64(&engine->asked_by, result, name_of_callee(callee));
}

/* False: too much was passed to tell when it is gone. */
static bool remember_values(struct engine *engine, const struct state *state,
                            const struct invocation *invocation, struct question_values *passed)
{
    passed->count = 0;
    for (size_t i = 0; i < invocation->count; i++) {
        if (value_is_int(&engine->values, invocation->args[i], NULL) ||
            question_is_of_temporary(engine, state, invocation, i))
            continue;
        if (passed->count == QUESTION_VALUES)
            return false;
        passed->values[passed->count++] = invocation->args[i];
    }
    return true;
}

/* The first local object that was asked: with it the answer goes. */
static void remember_local(struct engine *engine, const struct state *state,
                           const struct invocation *invocation, value_id answer)
{
    for (size_t i = 0; i < invocation->count; i++) {
        if (question_is_of_temporary(engine, state, invocation, i))
            continue;
        value_id offset, base = value_base(&engine->values, invocation->args[i], &offset);
        if (base == VALUE_NONE || value_at(&engine->values, base)->kind != VALUE_ADDRESS)
            continue;
        if (region_at(&engine->values, value_at(&engine->values, base)->a)->kind == REGION_LOCAL) {
            map_set_u64(&engine->asked_of, answer, base);
            return;
        }
    }
}

value_id question_answer(struct engine *engine, struct state *state,
                         const struct invocation *invocation)
{
    const struct ir_call *call = invocation->op->call;
    if (call->function == IR_NONE)
        return VALUE_NONE;
    const struct ir_function *callee = &invocation->unit->functions.data[call->function];
    struct question_values passed;
    if (!is_question(engine, invocation, callee) ||
        !remember_values(engine, state, invocation, &passed))
        return VALUE_NONE;
    passed.gives_text = type_at(invocation->unit, callee->result_type)->kind == IR_TYPE_POINTER;
    uint64_t question = question_key(engine, state, invocation, callee), asked;
    uint32_t place = (uint32_t)hash_u64(((uint64_t)state->context << 32) | invocation->op_id);
    if (pmap_get(state->asked, question, &asked) && (uint32_t)(asked >> 32) != place) {
        state->flags |= STATE_CHOSE; /* "am I the first?" has another answer each time */
        return (value_id)asked;
    }
    value_id answer = unknown_result(engine, state, invocation->op_id);
    state->asked =
        pmap_set(engine->arena, state->asked, question, ((uint64_t)place << 32) | answer);
    vec_push(engine->arena, &engine->questions, passed);
    map_set_u64(&engine->question_of, answer, (uint32_t)engine->questions.len - 1);
    remember_local(engine, state, invocation, answer);
    return answer;
}

void questions_end(struct engine *engine, struct state *state, value_id address)
{
    struct pmap_iter iter = pmap_begin(state->asked);
    for (uint64_t question, asked; pmap_next(&iter, &question, &asked);)
        if (map_get_u64(&engine->asked_of, (uint32_t)asked) == address)
            state->asked = pmap_remove(engine->arena, state->asked, question);
}

/* Is that the first time on the path? */
static bool is_first(struct engine *engine, struct state *state, uint64_t question)
{
    if (pmap_get(state->asked, question, NULL))
        return false;
    state->asked = pmap_set(engine->arena, state->asked, question, 0);
    return true;
}

value_id question_first_visit(struct engine *engine, struct state *state, ir_id op_id)
{
    uint32_t function = context_at(engine, state->context)->function;
    if (!is_first(engine, state, hash_u64(call_key_of(function, op_id)) ^ 1U))
        return value_int(&engine->values, 0);
    return unknown_result(engine, state, op_id);
}

bool question_first_call(struct engine *engine, struct state *state, value_id once)
{
    return is_first(engine, state, hash_u64(once) ^ 2U);
}
