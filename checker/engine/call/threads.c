/* A call starts a thread. Where its body is known, and the text joins it before anything else
 * counts, the body runs there and then, on this path. Elsewhere when it does what it does is not
 * known. */
#include "engine/call/threads.h"

#include "engine/call/call.h"
#include "engine/call/effect.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/program/joins.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/unseen/concurrent.h"
#include "engine/value/pmap.h"
#include "engine/walk/unwind.h"

bool thread_runs(const struct engine *engine, context_id context, uint32_t op, uint32_t function)
{
    const struct program_function *here = context_function(engine, context);
    const struct ir_call *call = here->ir->ops.data[op].call;
    return call && call->function != IR_NONE &&
           program_number(&engine->program, here->unit, call->function) != function &&
           joins_started_by(engine->models, here->in, &here->ir->ops.data[op]);
}

/* Numbers and pointers are passed on as they are; of objects the thread makes copies. */
static bool passes_plain(const struct play *play, size_t first)
{
    const struct invocation *invocation = play->invocation;
    for (size_t i = first; i < invocation->count; i++) {
        ir_id type = argument_type(invocation, i);
        enum ir_type_kind kind =
            type == IR_NONE ? IR_TYPE_UNKNOWN : invocation->unit->types.data[type].kind;
        if (kind != IR_TYPE_INT && kind != IR_TYPE_BOOL && kind != IR_TYPE_ENUM &&
            kind != IR_TYPE_POINTER)
            return false;
    }
    return true;
}

/* Does another body run meanwhile that handles memory? */
static bool is_alone(struct engine *engine, const struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);)
        if (((const struct block *)table_at(&engine->blocks, (uint32_t)number))->flags &
            BLOCK_CONCURRENT)
            return false;
    return state->capture == 0;
}

/* A function whose status the future gives is one for which somebody has to ask. */
static bool gives_no_status(const struct program_function *body)
{
    ir_id type = body->ir->result_type;
    return type == IR_NONE || body->in->types.data[type].kind == IR_TYPE_VOID ||
           !(body->flow->all & FLOW_STATUS);
}

static bool can_run(struct play *play, size_t body)
{
    struct engine *engine = play->engine;
    const struct program_function *here = context_function(engine, play->state->context);
    uint32_t number = callable_function_of_argument(engine, play->state, play->invocation, body);
    if (number == MAP_NONE || !play->invocation->op || !play->invocation->op->call)
        return false;
    const struct program_function *function = &engine->program.functions.data[number];
    return function->flow && (play->effect->result != MODEL_RESULT || gives_no_status(function)) &&
           passes_plain(play, body + 1) && is_alone(engine, play->state) &&
           joins_at_once(engine->arena, &engine->program, engine->models, here,
                         play->invocation->op_id);
}

/* It runs from here on, beside the path. */
static bool runs_beside(struct play *play, size_t body, value_id thread)
{
    const struct invocation *invocation = play->invocation;
    const uint64_t salt = hash_u64(((uint64_t)invocation->site << 8) | 19);
    const bool is_of_library = play->effect->result == MODEL_ABSENT;
    if ((thread == VALUE_NONE && !is_of_library) ||
        !concurrent_starts(play->engine, play->state, invocation, body, salt))
        return false;
    if (is_of_library)
        return true;
    memory_havoc(play->engine, play->state, thread, salt);
    if (play->effect->result == MODEL_RESULT)
        *play->result = thread;
    unwind_maybe(play->engine, play->state, NULL, VALUE_NONE);
    return true;
}

void effect_starts(struct play *play)
{
    const struct invocation *invocation = play->invocation;
    size_t body = (size_t)play->effect->pointer;
    ir_id type = argument_type(invocation, body);
    if (type != IR_NONE && invocation->unit->types.data[type].kind == IR_TYPE_ENUM)
        body++; /* std::launch */
    value_id thread = play->effect->result == MODEL_RESULT
                          ? invocation->into
                          : play_argument(play, play->effect->result);
    bool runs = thread != VALUE_NONE && can_run(play, body);
    if (runs)
        memory_havoc(play->engine, play->state, thread, invocation->site);
    if (runs && callable_call_argument(play->engine, play->state, invocation, body, &play->step,
                                       play->result))
        return;
    if (!runs_beside(play, body, thread))
        play_unseen(play);
}
