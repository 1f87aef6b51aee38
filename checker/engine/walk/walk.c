/* Walks paths: a stack of states, each run until it forks, merges with one that was there before,
 * or ends. */
#include "engine/walk/walk.h"

#include "engine/call/computing.h"
#include "engine/call/frames.h"
#include "engine/state/context.h"
#include "engine/state/forget.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/value/pmap.h"
#include "engine/walk/loops.h"
#include "engine/walk/step.h"
#include "engine/walk/unwind.h"

void walk_push(struct engine *engine, const struct state *state)
{
    struct path_list *list = state->flags & STATE_MAY_THROW ? &engine->thrown : &engine->paths;
    vec_push(engine->arena, &list->waiting, *state);
}

struct flow *walk_flow(const struct engine *engine, const struct state *state)
{
    return context_function(engine, state->context)->flow;
}

const struct ir_function *walk_function(const struct engine *engine, const struct state *state)
{
    return context_function(engine, state->context)->ir;
}

static uint64_t join_key(context_id context, ir_id join)
{
    return context_key(context, join) + 1;
}

bool walk_may_have_exited(struct engine *engine, struct state *state)
{
    const uint32_t lasting = FLOW_MEMORY | FLOW_RELEASES;
    uint32_t effects = 0;
    ir_id block = state->block;
    for (context_id context = state->context;;) {
        const struct program_function *here = context_function(engine, context);
        bool always;
        ir_id join = flow_rejoins(here->ir, here->flow, block, &always);
        effects |= flow_between(here->ir, here->flow, block, join);
        if (join != IR_NONE) {
            state->doubt = join_key(context, join);
            return !(effects & lasting);
        }
        const struct context *frame = context_at(engine, context);
        if (!always || frame->parent == CONTEXT_NONE)
            return false;
        block = context_function(engine, frame->parent)->flow->block_of[frame->call_op];
        context = frame->parent;
    }
}

bool walk_go_to(struct engine *engine, struct state *state, ir_id target)
{
    const struct flow *flow = walk_flow(engine, state);
    ir_id from = state->block;
    if (state->doubt && state->doubt == join_key(state->context, target))
        return false;
    state->block = target;
    state->next = 0;
    if (walk_function(engine, state)->blocks.data[target].is_handler)
        exception_caught(engine, state, target);
    if (!flow->is_loop_head[target])
        return true;
    return loop_enter(engine, state, target, flow_in_loop(flow, target, from));
}

static bool step_terminator(struct engine *engine, struct state *state)
{
    const struct ir_block *block = &walk_function(engine, state)->blocks.data[state->block];
    switch (block->terminator) {
    case IR_JUMP:
        return walk_go_to(engine, state, block->targets.data[0]);
    case IR_BRANCH:
        return step_branch(engine, state, block);
    case IR_SWITCH:
        return step_switch(engine, state, block);
    case IR_RETURN:
        return frame_return(engine, state,
                            block->value == IR_NONE
                                ? VALUE_NONE
                                : operand(engine, state, block->value)) != STEP_ENDED;
    case IR_THROW:
        return step_throw(engine, state) != STEP_ENDED;
    default:
        return false;
    }
}

/* Drops what cannot matter any more. False: a path that differs in nothing else was here. To look
 * through so many values takes as long as a step. */
static bool enter_block(struct engine *engine, struct state *state)
{
    enum { VALUES_OF_STEP = 256 };
    memory_enter_block(engine, state);
    if (walk_flow(engine, state)->is_join[state->block])
        engine->steps += forget_out_of_reach(engine, state) / VALUES_OF_STEP;
    uint64_t hash = state_hash(state);
    if (map_get_u64(&engine->seen, hash) != MAP_NONE) {
        engine->stats->merged++;
        return false;
    }
    map_set_u64(&engine->seen, hash, 1);
    return !alike_are_enough(engine, state);
}

/* States are kept until the root is done: bytes that it may take for them. */
static const size_t LARGEST_ROOT = (size_t)512 << 20;

static bool is_within_budget(struct engine *engine, uint64_t steps)
{
    bool is_large = arena_used(engine->arena) > LARGEST_ROOT;
    engine->steps += steps;
    engine->out_of_budget = engine->out_of_budget || engine->steps > engine->limit || is_large;
    return !engine->out_of_budget;
}

/* A step is a block. One of many operations counts for several, and many registrations, each of
 * which a call may have to look at, for as many more. */
enum { OPS_OF_STEP = 64 };

static uint64_t steps_for(const struct state *state)
{
    uint64_t count = 1;
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        count++;
    return count;
}

/* Executes what is left of the block. False: the path is over. */
static bool run_block(struct engine *engine, struct state *state)
{
    const struct ir_block *block = &walk_function(engine, state)->blocks.data[state->block];
    while (state->next < block->ops.len) {
        ir_id op = block->ops.data[state->next++];
        if (state->next % OPS_OF_STEP == 0 && !is_within_budget(engine, steps_for(state)))
            return false;
        switch (step_op(engine, state, op)) {
        case STEP_NEXT:
            break;
        case STEP_MOVED:
            return true;
        case STEP_ENDED:
            return false;
        }
    }
    return step_terminator(engine, state);
}

/* May what lies ahead of the path, in its function or in those that it goes back to, ask for the
 * last error? */
static bool may_still_ask(const struct engine *engine, const struct state *state)
{
    ir_id block = state->block;
    for (context_id context = state->context;;) {
        const struct program_function *here = context_function(engine, context);
        if (flow_between(here->ir, here->flow, block, IR_NONE) & FLOW_ASKS)
            return true;
        const struct context *frame = context_at(engine, context);
        if (frame->parent == CONTEXT_NONE)
            return false;
        block = context_function(engine, frame->parent)->flow->block_of[frame->call_op];
        context = frame->parent;
    }
}

/* Leaves a path where it is. Statuses that were thrown away on the way here stay so. */
static void leave_out(struct engine *engine, struct state *state)
{
    if (state->statuses && !may_still_ask(engine, state))
        status_discarded_before(engine, state);
}

static void run(struct engine *engine, struct state state)
{
    do {
        if (!is_within_budget(engine, 1 + steps_for(&state) / OPS_OF_STEP)) {
            leave_out(engine, &state);
            return;
        }
        if (state.next == 0 && !computing_spend(engine, &state) && !enter_block(engine, &state))
            return;
    } while (run_block(engine, &state));
}

bool walk_runs_short(const struct engine *engine)
{
    return engine->steps > engine->limit / 2;
}

/* The newest first: little waits at a time. Where the budget runs short the oldest: they left the
 * walked paths early and differ most from these. */
static struct state next_path(const struct engine *engine, struct path_list *list)
{
    return list->waiting.data[walk_runs_short(engine) ? list->oldest++ : --list->waiting.len];
}

static void walk_list(struct engine *engine, struct path_list *list)
{
    while (list->oldest < list->waiting.len && !engine->out_of_budget)
        run(engine, next_path(engine, list));
}

/* Behind every call that may throw there is a path that hardly ever is: they come last. */
void walk_paths(struct engine *engine)
{
    walk_list(engine, &engine->paths);
    engine->is_cut_short = engine->out_of_budget;
    for (size_t i = engine->paths.oldest; i < engine->paths.waiting.len; i++)
        leave_out(engine, &engine->paths.waiting.data[i]);
    walk_list(engine, &engine->thrown);
}
