/* Code out of sight that is given a status says in its answer how the call went, in a way of its
 * own: what a path that asks the answer finds registered is not known. */
#include "engine/unseen/answers.h"

#include "engine/call/call.h"
#include "engine/library/objects.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/state/unpinned.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/moments.h"
#include "engine/unseen/ways.h"
#include "engine/value/pmap.h"

static bool is_open_status(struct engine *engine, const struct state *state, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && symbol->kind == SYMBOL_STATUS && decide(engine, state, value) == TRUTH_UNKNOWN;
}

/* The status that a value is, or compares. */
static value_id status_in(struct engine *engine, const struct state *state, value_id value)
{
    if (value == VALUE_NONE)
        return VALUE_NONE;
    struct value v = *value_at(&engine->values, value);
    value_id subject = v.kind == VALUE_COMPARISON ? v.a : value;
    return is_open_status(engine, state, subject) ? subject : VALUE_NONE;
}

value_id answers_given(struct engine *engine, const struct state *state,
                       const struct invocation *invocation)
{
    if (!state->registrations && !state->blocks) /* there is nothing to doubt */
        return VALUE_NONE;
    for (size_t i = 0; i < invocation->count; i++) {
        value_id content, status = status_in(engine, state, invocation->args[i]);
        if (status == VALUE_NONE && memory_peek(state, invocation->args[i], &content))
            status = status_in(engine, state, content); /* by reference */
        if (status != VALUE_NONE)
            return status;
    }
    return VALUE_NONE;
}

/* Does the call put what it is given into an object: that it gives, or whose constructor or method
 * it is? A method that gives a number answers; one that changes nothing keeps nothing. */
static bool makes_object(const struct invocation *invocation)
{
    if (invocation->into != VALUE_NONE)
        return true;
    const struct ir_call *call = invocation->op->call;
    if (!call || call->function == IR_NONE)
        return false;
    const struct ir_function *callee = &invocation->unit->functions.data[call->function];
    if (callee->kind == IR_FUNCTION_CONSTRUCTOR)
        return true;
    if (callee->kind != IR_FUNCTION_METHOD || callee->is_static_method || callee->is_const_method)
        return false;
    ir_id result = callee->result_type;
    enum ir_type_kind kind =
        result == IR_NONE ? IR_TYPE_VOID : invocation->unit->types.data[result].kind;
    return kind == IR_TYPE_VOID || kind == IR_TYPE_REFERENCE;
}

static void note_way(struct engine *engine, const struct state *state,
                     const struct invocation *invocation, value_id result)
{
    const struct ir_function *here = context_function(engine, state->context)->ir;
    if (invocation->into == VALUE_NONE && !invocation->is_discarded &&
        way_is_asked(invocation->unit, here, invocation->op->call))
        map_set_u64(&engine->ways_told, result, 1);
}

void answers_overlaid(struct engine *engine, value_id number)
{
    map_set_u64(&engine->ways_told, number, 1);
}

/* Whether the call with that status unregistered anything is anybody's guess. */
static void doubt_unregistered(struct engine *engine, struct state *state, value_id status)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);)
        if (unpinned_has_status(engine, table_at(&engine->blocks, (uint32_t)number), status))
            block_doubt(engine, state, (value_id)base);
}

/* ... or registered. */
static void doubt_call(struct engine *engine, struct state *state, value_id status)
{
    registrations_doubt(engine, state, state->registrations, status);
    doubt_unregistered(engine, state, status);
}

void answers_note(struct engine *engine, struct state *state, const struct invocation *invocation,
                  value_id status, value_id result)
{
    note_way(engine, state, invocation, result);
    if (status == VALUE_NONE)
        return;
    if (makes_object(invocation)) /* who asks what it holds is not followed */
        doubt_call(engine, state, status);
    else
        map_set_u64(&engine->answers, result, status);
}

void answers_stored(struct engine *engine, struct state *state, value_id base, value_id value)
{
    const struct symbol *shown = symbol_of(&engine->values, base);
    value_id status =
        shown && shown->kind == SYMBOL_RESULT ? status_in(engine, state, value) : VALUE_NONE;
    if (status != VALUE_NONE)
        doubt_call(engine, state, status);
}

void answers_lost(struct engine *engine, struct state *state, value_id content)
{
    value_id status = status_in(engine, state, content);
    if (status == VALUE_NONE)
        return;
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->status == status)
            block_doubt(engine, state, registration_at(engine, key)->block);
    doubt_unregistered(engine, state, status);
}

/* Which blocks are registered, and which failed to be or were, is anybody's guess. */
static void doubt_history(struct engine *engine, struct state *state)
{
    const uint32_t history = BLOCK_FAILED_REGISTER | BLOCK_UNREGISTERED;
    struct pmap_iter registered = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&registered, &key, &one);)
        block_doubt(engine, state, registration_at(engine, key)->block);
    struct pmap_iter blocks = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&blocks, &base, &number);)
        if (((const struct block *)table_at(&engine->blocks, (uint32_t)number))->flags & history)
            block_doubt(engine, state, (value_id)base);
}

/* Do the sides of the branch that ends the path's block differ in what they do to memory? */
static bool sides_differ(struct engine *engine, const struct state *state)
{
    const uint32_t acts = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES;
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_block *branch = &here->ir->blocks.data[state->block];
    const ir_id join = here->flow->post_dominator[state->block];
    return (flow_between(here->ir, here->flow, branch->targets.data[0], join) & acts) !=
           (flow_between(here->ir, here->flow, branch->targets.data[1], join) & acts);
}

/* The number that a condition asks about, or some bits of. */
static value_id number_asked(const struct engine *engine, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    while (value.kind == VALUE_COMPARISON || value.kind == VALUE_OPERATION) {
        condition = value.a;
        value = *value_at(&engine->values, condition);
    }
    return condition;
}

void answers_ask(struct engine *engine, struct state *state, value_id condition)
{
    struct value value = *value_at(&engine->values, condition);
    value_id answer = value.kind == VALUE_COMPARISON ? value.a : condition;
    value_id status = map_get_u64(&engine->answers, answer);
    if (status != MAP_NONE && is_open_status(engine, state, status))
        doubt_call(engine, state, status);
    const value_id number = number_asked(engine, condition);
    if (map_get_u64(&engine->ways_told, number) != MAP_NONE && sides_differ(engine, state)) {
        state->flags |= STATE_ASSUMED_CONTENT | STATE_ASSUMED_FLAG;
        doubt_history(engine, state);
    }
    const struct symbol *symbol = symbol_of(&engine->values, answer);
    if (earlier_may_be_rewritten(engine, state, number) && sides_differ(engine, state))
        doubt_history(engine, state);
    if ((state->flags & STATE_TOLD_OBJECT) && symbol && symbol->kind == SYMBOL_RESULT)
        doubt_history(engine, state);
}

/* ---- told by the way that the program takes ---- */

/* A function out of sight, or a method that may change its object. The system's functions keep
 * nothing of the kind. */
static bool is_told(const struct engine *engine, const struct program_function *here, ir_id op_id)
{
    const struct ir_op *op = &here->ir->ops.data[op_id];
    if (op->code != IR_CALL || op->call->function == IR_NONE ||
        callee_model(engine->models, here->in, op->call))
        return false;
    uint32_t number = program_number(&engine->program, here->unit, op->call->function);
    const struct program_function *callee = &engine->program.functions.data[number];
    if (callee->ir->kind == IR_FUNCTION_METHOD && !callee->ir->is_static_method)
        return !callee->ir->is_const_method && (!callee->flow || callee->ir->in_system_header);
    return !callee->flow && !callee->ir->in_system_header && !callee->ir->is_noreturn;
}

/* if (it was registered) tracker.insert(p); and both sides go on: the call says it, and that it was
 * not made says the other. */
static bool tells_others(struct engine *engine, const struct state *state, ir_id side, ir_id join)
{
    const struct program_function *here = context_function(engine, state->context);
    const bool *inside = flow_region(here->ir, here->flow, side, join);
    for (ir_id b = 0; b < here->flow->block_count; b++) {
        const struct ir_block *block = &here->ir->blocks.data[b];
        for (size_t i = 0; inside[b] && i < block->ops.len; i++)
            if (is_told(engine, here, block->ops.data[i]))
                return true;
    }
    return false;
}

static bool asks_for_registration(struct engine *engine, const struct state *state,
                                  value_id condition)
{
    value_id status = status_in(engine, state, condition);
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; status != VALUE_NONE && pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->status == status)
            return true;
    return false;
}

void answers_tell(struct engine *engine, struct state *state, value_id condition,
                  const struct ir_block *branch)
{
    const struct program_function *here = context_function(engine, state->context);
    ir_id join = here->flow->post_dominator[state->block];
    if (join == IR_NONE || (state->flags & STATE_TOLD_OTHERS))
        return;
    bool asks = asks_for_registration(engine, state, condition);
    for (size_t i = 0; i < branch->targets.len; i++) {
        ir_id side = branch->targets.data[i];
        if ((asks || (flow_between(here->ir, here->flow, side, join) & FLOW_REGISTERS)) &&
            tells_others(engine, state, side, join))
            state->flags |= STATE_TOLD_OTHERS;
    }
}

/* ---- told by the object that a function in sight returns ---- */

enum { MAX_INNER = 3 }; /* objects in objects */

/* Did code in sight give the object something to tell by? */
static bool object_says(struct engine *engine, const struct state *state,
                        const struct ir_unit *unit, ir_id type, value_id object, int depth)
{
    enum { EMPTY = 1 }; /* bytes of an object without members */
    const struct model_container *container = callee_container_of_type(engine->models, unit, type);
    value_id content;
    if (container && container->storage == MODEL_STORAGE_ALTERNATIVES)
        return memory_peek(state, part_address(engine, object, "(index)"), &content);
    if (container || unit->types.data[type].size <= EMPTY)
        return true;
    if (unit->types.data[type].record == IR_NONE)
        return false;
    const struct ir_record *record = &unit->records.data[unit->types.data[type].record];
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *field = &record->fields.data[i];
        value_id place = value_field(&engine->values, object, field->name, field->offset);
        if (field->type == IR_NONE)
            continue;
        if (unit->types.data[field->type].kind == IR_TYPE_RECORD
                ? depth < MAX_INNER &&
                      object_says(engine, state, unit, field->type, place, depth + 1)
                : memory_peek(state, place, &content))
            return true;
    }
    return false;
}

void answers_entered(struct engine *engine, const struct state *state,
                     const struct invocation *invocation, context_id frame)
{
    if (answers_given(engine, state, invocation) != VALUE_NONE)
        map_set_u64(&engine->judges, frame, 1);
}

void answers_returned(struct engine *engine, struct state *state,
                      const struct program_function *left, context_id frame, value_id object)
{
    if (((left->flow->all & (FLOW_REGISTERS | FLOW_UNREGISTERS)) ||
         map_get_u64(&engine->judges, frame) != MAP_NONE) &&
        !object_says(engine, state, left->in, left->ir->result_type, object, 0))
        state->flags |= STATE_TOLD_OBJECT;
}

/* Was it read from a variable that code out of sight was given the address of, since then? */
static bool is_written_answer(struct engine *engine, const struct state *state, value_id answer)
{
    struct block block;
    const value_id place = memory_found_at(engine, answer);
    value_id offset,
        base = place == VALUE_NONE ? VALUE_NONE : value_base(&engine->values, place, &offset);
    return base != VALUE_NONE && memory_region_kind(engine, base) == REGION_LOCAL &&
           !moment_is_first(engine, answer) && block_get(engine, state, base, &block) &&
           (block.flags & BLOCK_ESCAPED);
}

void answers_decide(struct engine *engine, struct state *state, value_id answer)
{
    const struct symbol *symbol = symbol_of(&engine->values, answer);
    if (!(state->flags & STATE_TOLD_OTHERS) || !symbol ||
        (symbol->kind != SYMBOL_RESULT && !is_written_answer(engine, state, answer)))
        return;
    state->flags |= STATE_ASSUMED_CONTENT | STATE_ASSUMED_FLAG;
    doubt_history(engine, state);
}
