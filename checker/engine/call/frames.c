/* Entering and leaving bodies. */
#include "engine/call/frames.h"

#include "engine/call/call.h"
#include "engine/call/dynamic_types.h"
#include "engine/call/threads.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/pairs/leaks.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"
#include "engine/walk/unwind.h"

#include <string.h>

static void bind(struct engine *engine, struct state *state, context_id context,
                 const struct program_function *callee, const struct invocation *invocation)
{
    for (ir_id i = 0; i < callee->ir->param_count; i++) {
        ir_id type = callee->ir->locals.data[i].type;
        value_id address = memory_local(engine, context, i);
        state->blocks = pmap_remove(engine->arena, state->blocks, address);
        bool is_record = type != IR_NONE && callee->in->types.data[type].kind == IR_TYPE_RECORD;
        if (i >= invocation->count) {
            memory_havoc(engine, state, address, context);
            continue;
        }
        if (is_record)
            memory_copy(engine, state, address, invocation->args[i], 0);
        else
            state->store = pmap_set(engine->arena, state->store, address, invocation->args[i]);
    }
    if ((callee->flow->all & ~(uint32_t)(FLOW_LEAVES | FLOW_ASKS)) == 0)
        return; /* what follows "..." is only printed */
    for (size_t i = callee->ir->param_count; i < invocation->count; i++)
        escape_reachable(engine, state, invocation->args[i], context);
}

enum step frame_enter(struct engine *engine, struct state *state,
                      const struct invocation *invocation, uint32_t function)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    context_id context = context_enter(engine, state->context, function, invocation->op_id);
    answers_entered(engine, state, invocation, context);
    bind(engine, state, context, callee, invocation);
    if (callee->ir->is_in_doubt && (callee->flow->all & FLOW_UNREGISTERS))
        registrations_doubt_all(engine, state); /* what is lost may decide if it does */
    if (callee->ir->kind == IR_FUNCTION_METHOD)
        dynamic_type_note_member(engine, state, invocation);
    if (invocation->count)
        dynamic_type_note(engine, state, callee, invocation->args[0]);
    state->context = context;
    state->block = 0;
    state->next = 0;
    return STEP_MOVED;
}

/* A parameter passed by value, or what alloca gave in this frame. */
static bool dies_with_frame(struct engine *engine, struct state *state, value_id base)
{
    struct block block;
    if (block_get(engine, state, base, &block) && block.memory == PROVENANCE_ALLOCA)
        return block.allocated != SITE_NONE &&
               site_at(engine, block.allocated)->context == state->context;
    const struct value *value = value_at(&engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_LOCAL && region->a == state->context;
}

void frame_release(struct engine *engine, struct state *state, site_id at)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        value_id base = registration_at(engine, key)->block;
        if (dies_with_frame(engine, state, base))
            release_block(engine, state, at, base, RELEASE_SCOPE, 0, NULL, NULL, NULL);
    }
}

void frame_resume(struct engine *engine, struct state *state, const struct context *left)
{
    state->context = left->parent;
    const struct flow *flow = context_function(engine, left->parent)->flow;
    state->block = flow->block_of[left->call_op];
    state->next = flow->index_of[left->call_op] + 1;
}

static uint64_t record_size(const struct program_function *callee)
{
    uint64_t size = callee->in->types.data[callee->ir->result_type].size;
    return size == IR_SIZE_UNKNOWN ? 0 : size;
}

/* The caller drops what a wrapper says: that it failed. A call whose status is not tested is taken
 * to have succeeded, and so is one through a function. */
static bool is_dropped_failure(struct engine *engine, const struct state *state,
                               const struct program_function *callee, const struct ir_op *op,
                               value_id result)
{
    ir_id type = callee->ir->result_type;
    if (!op->call || !op->call->is_discarded || result == VALUE_NONE || type == IR_NONE ||
        !(callee->flow->all & (FLOW_REGISTERS | FLOW_UNREGISTERS)))
        return false;
    int64_t number;
    enum ir_type_kind kind = callee->in->types.data[type].kind;
    const struct symbol *symbol = symbol_of(&engine->values, result);
    if (kind == IR_TYPE_ENUM || (symbol && symbol->kind == SYMBOL_STATUS))
        return decide(engine, state, result) == TRUTH_TRUE;
    bool is_number = value_is_int(&engine->values, result, &number);
    if (kind == IR_TYPE_INT && is_number && number < 0)
        return true;
    if (!(state->flags & STATE_AFTER_FAILURE))
        return false;
    if (kind == IR_TYPE_BOOL || kind == IR_TYPE_POINTER)
        return decide(engine, state, result) == TRUTH_FALSE;
    return kind == IR_TYPE_RECORD || (kind == IR_TYPE_INT && is_number && number > 0);
}

void frame_keep_result(struct engine *engine, struct state *state, context_id context, ir_id op,
                       value_id result)
{
    if (context_function(engine, context)->ir->ops.data[op].type == IR_NONE)
        return;
    state->temps = result == VALUE_NONE
                       ? pmap_remove(engine->arena, state->temps, context_key(context, op))
                       : pmap_set(engine->arena, state->temps, context_key(context, op), result);
}

/* What a call of the library gives that has run a constructor, a destructor or a deleter. */
static value_id kept_result(const struct state *state, const struct program_function *callee,
                            const struct context *left, value_id result)
{
    ir_id type = callee->ir->result_type;
    uint64_t kept;
    bool gives_nothing = type == IR_NONE || callee->in->types.data[type].kind == IR_TYPE_VOID;
    return gives_nothing && pmap_get(state->temps, context_key(left->parent, left->call_op), &kept)
               ? (value_id)kept
               : result;
}

enum step frame_return(struct engine *engine, struct state *state, value_id result)
{
    struct context left = *context_at(engine, state->context);
    const struct program_function *callee = context_function(engine, state->context);
    frame_release(engine, state, site_of_terminator(engine, state));
    if (left.parent == CONTEXT_NONE) {
        path_ends(engine, state, result, strcmp(callee->ir->qualified, "main") == 0);
        return STEP_ENDED;
    }
    context_id inner = state->context;
    frame_resume(engine, state, &left);
    const struct ir_op *op = &context_function(engine, left.parent)->ir->ops.data[left.call_op];
    bool is_thread = thread_runs(engine, left.parent, left.call_op, left.function);
    if (is_thread)
        result = 0; /* the thread was started; what its body gives, only who joins it can get */
    else if (is_dropped_failure(engine, state, callee, op, result))
        return STEP_ENDED;
    bool is_record = !is_thread && callee->ir->result_type != IR_NONE &&
                     callee->in->types.data[callee->ir->result_type].kind == IR_TYPE_RECORD;
    if (is_record && op->call && op->call->into != IR_NONE) {
        value_id into = operand(engine, state, op->call->into);
        answers_returned(engine, state, callee, inner, result != VALUE_NONE ? result : into);
        if (result != VALUE_NONE)
            memory_copy(engine, state, into, result, record_size(callee));
        result = into;
    }
    memory_leave(engine, state, inner, result);
    exception_after_call(state, callee->ir);
    dynamic_type_return(engine, state, callee);
    if (!is_thread)
        result = kept_result(state, callee, &left, result);
    if (result == VALUE_NONE)
        result = unknown_result(engine, state, left.call_op);
    if (op->call && op->call->is_discarded)
        status_discard(engine, state, result, site_of_op(engine, state, left.call_op));
    if (op->code == IR_CALL)
        set_result(engine, state, left.call_op, result);
    ends_continue(engine, state, left.call_op);
    return STEP_MOVED;
}
