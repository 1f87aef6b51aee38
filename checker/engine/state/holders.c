/* Who keeps a block: the pointers that lead to it, over blocks of the path's own perhaps. */
#include "engine/state/holders.h"

#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/value/pmap.h"

static bool is_own(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    return block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN) &&
           memory_region_kind(engine, base) == REGION_POINTEE;
}

/* What the value of a ?: or of a statement expression was kept in: no name leads there. */
static bool is_scratch(struct engine *engine, value_id base)
{
    if (base == VALUE_NONE || memory_region_kind(engine, base) != REGION_LOCAL)
        return false;
    const struct region *region = region_at(&engine->values, value_at(&engine->values, base)->a);
    const struct program_function *function = context_function(engine, region->a);
    const struct ir_local *local = &function->ir->locals.data[region->b];
    return local->name[0] == '\0' && local->type != IR_NONE &&
           function->in->types.data[local->type].kind == IR_TYPE_POINTER;
}

/* Do pointers lead to the block from `holder`, or (VALUE_NONE) from anything but the blocks that
 * this path allocated: a variable, memory of others? */
static bool is_held(struct engine *engine, const struct state *state, value_id block,
                    value_id holder, int depth)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset;
        if (value_base_of_number(&engine->values, (value_id)content) != block)
            continue;
        value_id by = value_base(&engine->values, (value_id)cell, &offset);
        if (by == block || is_scratch(engine, by))
            continue;
        bool own = by != VALUE_NONE && is_own(engine, state, by);
        if (holder == VALUE_NONE ? !own : by == holder)
            return true;
        if (own && depth < MAX_REACH && is_held(engine, state, by, holder, depth + 1))
            return true;
    }
    return false;
}

bool holders_lead(struct engine *engine, const struct state *state, value_id holder, value_id block)
{
    return is_held(engine, state, block, holder, 0);
}

void holders_lose_track(struct engine *engine, struct state *state, value_id content)
{
    value_id offset, base = value_base(&engine->values, content, &offset);
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; base != VALUE_NONE && pmap_next(&iter, &key, &one);) {
        value_id block = registration_at(engine, key)->block;
        if ((block == base || is_held(engine, state, block, base, 0)) &&
            !is_held(engine, state, block, VALUE_NONE, 0))
            block_add_flags(engine, state, block, BLOCK_BEYOND_LOOP | BLOCK_REG_UNKNOWN);
    }
}

static bool holds(struct engine *engine, const struct state *state, value_id block,
                  value_id returned, int depth)
{
    value_id offset;
    value_id result_object =
        returned == VALUE_NONE
            ? VALUE_NONE
            : value_base(&engine->values, value_pointer_arithmetic(&engine->values, returned),
                         &offset);
    if (result_object == block)
        return true;
    if (depth > 4)
        return true;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        if (value_base(&engine->values, (value_id)content, &offset) != block)
            continue;
        value_id base = value_base(&engine->values, (value_id)key, &offset);
        if (base != VALUE_NONE && base == result_object)
            return true;
        if (base == VALUE_NONE || base == block || memory_region_kind(engine, base) == REGION_LOCAL)
            continue;
        if (!block_is_private(engine, state, base) ||
            holds(engine, state, base, returned, depth + 1))
            return true;
    }
    return false;
}

bool holders_are_outside(struct engine *engine, const struct state *state, value_id block,
                         value_id returned)
{
    return holds(engine, state, block, returned, 0);
}
