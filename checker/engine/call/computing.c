/* Bodies that only compute: neither they nor what they call registers, unregisters, or makes a call
 * whose status counts. What they decide may count for what their callers do, so they are walked;
 * but their paths are many (a parser of options, a report, a search for the best size), and the
 * budget is there for the rest. Such a call gets a share of it. When that is spent, the call is
 * taken for one out of sight: what it does to memory is not known. */
#include "engine/call/computing.h"

#include "engine/call/frames.h"
#include "engine/library/objects.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"

enum { SHARES = 50 }; /* of a root's budget: one is what a call may take, on all paths together */

/* One without a loop is soon over. */
static bool only_computes(const struct program_function *function)
{
    return !(function->flow->all & FLOW_MEMORY) && (function->flow->all & FLOW_WRITES) &&
           function->flow->has_loop;
}

/* The outermost frame that only computes, of those that the path is in; CONTEXT_NONE: there is
 * none. */
static context_id computing_frame(const struct engine *engine, context_id context)
{
    context_id found = CONTEXT_NONE;
    for (;;) {
        const struct context *frame = context_at(engine, context);
        if (frame->parent == CONTEXT_NONE ||
            (context_function(engine, context)->flow->all & FLOW_MEMORY))
            return found;
        /* what a container's method or the end of a scope calls is no more than a part of it */
        if (only_computes(context_function(engine, context)) &&
            context_named(engine, frame) == frame->function)
            found = context;
        context = frame->parent;
    }
}

bool computing_is_over(const struct engine *engine, context_id context)
{
    uint32_t spent = map_get_u64(&engine->computing, context);
    return spent != MAP_NONE && spent > engine->limit / SHARES;
}

/* Back to the call, as if it had not been entered. */
static void leave(struct engine *engine, struct state *state, context_id outermost)
{
    const struct context left = *context_at(engine, outermost);
    for (context_id inner = state->context; inner != left.parent;
         inner = context_at(engine, inner)->parent) {
        ends_forget(engine, state, inner);
        memory_leave(engine, state, inner, VALUE_NONE);
    }
    frame_resume(engine, state, &left);
    state->next--;
}

bool computing_spend(struct engine *engine, struct state *state)
{
    context_id frame = computing_frame(engine, state->context);
    if (frame == CONTEXT_NONE)
        return false;
    uint32_t spent = map_get_u64(&engine->computing, frame);
    map_set_u64(&engine->computing, frame, spent == MAP_NONE ? 1 : spent + 1);
    if (!computing_is_over(engine, frame))
        return false;
    leave(engine, state, frame);
    return true;
}
