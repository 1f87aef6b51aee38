#include "engine/state/context.h"

#include "engine/events/events.h"
#include "engine/walk/loops.h"

context_id context_enter(struct engine *engine, context_id parent, uint32_t function,
                         uint32_t call_op)
{
    uint32_t depth = parent == CONTEXT_NONE ? 0 : context_at(engine, parent)->depth + 1;
    struct context context = {parent, function, call_op, depth};
    return table_intern(&engine->contexts, &context);
}

const struct context *context_at(const struct engine *engine, context_id context)
{
    return table_at(&engine->contexts, context);
}

const struct program_function *context_function(const struct engine *engine, context_id context)
{
    return &engine->program.functions.data[context_at(engine, context)->function];
}

/* Which turns of the loops around the block the path is in, in this frame and its callers'. */
static uint32_t instance(const struct engine *engine, const struct state *state)
{
    uint64_t turns = 0;
    ir_id block = state->block;
    if (!state->loops)
        return 0;
    for (context_id context = state->context;;) {
        const struct flow *flow = context_function(engine, context)->flow;
        for (ir_id head = 0; head < flow->block_count; head++) {
            uint32_t turn = flow->is_loop_head[head] && flow_in_loop(flow, head, block)
                                ? loop_turn(state, context, head)
                                : 0;
            if (turn)
                turns = hash_u64(turns ^ hash_u64(context_key(context, head)) ^ turn);
        }
        const struct context *here = context_at(engine, context);
        if (here->parent == CONTEXT_NONE)
            return (uint32_t)turns;
        block = context_function(engine, here->parent)->flow->block_of[here->call_op];
        context = here->parent;
    }
}

site_id site_of_op(struct engine *engine, const struct state *state, ir_id op)
{
    struct site site = {state->context, op, state->block, instance(engine, state)};
    return table_intern(&engine->sites, &site);
}

site_id site_of_terminator(struct engine *engine, const struct state *state)
{
    return site_of_op(engine, state, IR_NONE);
}

const struct site *site_at(const struct engine *engine, site_id site)
{
    return table_at(&engine->sites, site);
}

struct ir_loc site_loc(const struct engine *engine, site_id id)
{
    const struct site *site = site_at(engine, id);
    const struct ir_function *function = context_function(engine, site->context)->ir;
    if (site->op != IR_NONE)
        return function->ops.data[site->op].loc;
    return function->blocks.data[site->block].loc;
}

uint32_t context_named(const struct engine *engine, const struct context *context)
{
    const struct program_function *caller = context_function(engine, context->parent);
    const struct ir_call *call = caller->ir->ops.data[context->call_op].call;
    return call && call->function != IR_NONE
               ? program_number(&engine->program, caller->unit, call->function)
               : (uint32_t)MAP_NONE;
}

/* Was the context entered by a call that names something else: a container's, which ends elements?
 */
static bool is_entered_unnamed(const struct engine *engine, const struct context *context)
{
    uint32_t named = context_named(engine, context);
    return named != MAP_NONE && named != context->function;
}

site_id site_written(struct engine *engine, site_id site)
{
    context_id context = site_at(engine, site)->context;
    for (const struct context *c = context_at(engine, context);
         c->parent != CONTEXT_NONE && engine->program.functions.data[c->function].ir->is_implicit;
         c = context_at(engine, c->parent)) {
        const bool is_assignment =
            engine->program.functions.data[c->function].ir->kind == IR_FUNCTION_METHOD;
        site_id call =
            is_assignment || is_entered_unnamed(engine, c) ? call_site(engine, c) : SITE_NONE;
        if (call != SITE_NONE)
            site = call;
    }
    return site;
}

uint64_t site_call_key(const struct engine *engine, site_id id)
{
    const struct site *site = site_at(engine, id);
    return call_key_of(context_at(engine, site->context)->function,
                       site->op != IR_NONE ? site->op : 0x80000000U + site->block);
}

struct trail *trail_add(struct engine *engine, struct state *state, site_id site, value_id subject,
                        const char *format, ...)
{
    struct trail *step = arena_new_object(engine->arena, struct trail);
    va_list args;
    va_start(args, format);
    step->message = arena_vprintf(engine->arena, format, args);
    va_end(args);
    step->previous = state->trail;
    step->site = site;
    step->subject = subject;
    step->length = state->trail ? state->trail->length + 1 : 1;
    state->trail = step;
    return step;
}
