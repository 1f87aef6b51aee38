/* Bodies that code out of sight was given to run, a thread's say: what they can reach, they may
 * register, unregister or free at any time from then on, before or after what the path does. */
#include "engine/unseen/concurrent.h"

#include "engine/call/call.h"
#include "engine/call/targets.h"
#include "engine/state/blocks.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

static bool is_body(struct engine *engine, struct state *state, const struct invocation *invocation,
                    size_t index)
{
    const uint32_t matters = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES;
    uint32_t function = callable_function_of_argument(engine, state, invocation, index);
    if (function == MAP_NONE)
        return false;
    const struct flow *flow = engine->program.functions.data[function].flow;
    return flow && (flow->all & matters);
}

static void mark(struct engine *engine, struct state *state, value_id pointer, int depth)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    struct block block;
    if (base == VALUE_NONE || depth > MAX_REACH ||
        memory_region_kind(engine, base) == REGION_FUNCTION)
        return;
    block_describe(engine, state, base, &block);
    if (block.flags & BLOCK_CONCURRENT)
        return;
    block_add_flags(engine, state, base, BLOCK_CONCURRENT);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            mark(engine, state, (value_id)content, depth + 1);
}

void concurrent_handed(struct engine *engine, struct state *state,
                       const struct invocation *invocation)
{
    bool is_written = invocation->op && invocation->op->call;
    for (size_t i = 0; is_written && i < invocation->count; i++) {
        if (!is_body(engine, state, invocation, i))
            continue;
        for (size_t j = 0; j < invocation->count; j++)
            mark(engine, state, invocation->args[j], 0);
        return;
    }
}

bool concurrent_reaches(struct engine *engine, const struct state *state, value_id pointer)
{
    for (int depth = 0; depth <= MAX_REACH; depth++) {
        value_id offset, base = value_base(&engine->values, pointer, &offset);
        struct block block;
        if (base == VALUE_NONE)
            return false;
        block_describe(engine, state, base, &block);
        if (block.flags & BLOCK_CONCURRENT)
            return true;
        if (!symbol_of(&engine->values, base))
            return false;
        uint32_t place = map_get_u64(&engine->made_of, base);
        if (place == MAP_NONE)
            return false;
        pointer = place;
    }
    return false;
}
