/* What happens to blocks, and to what they hold, when a pointer leaves sight. */
#include "engine/state/escape.h"

#include "engine/pairs/pairs.h"
#include "engine/state/blocks.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/unseen_writes.h"

/* Too few bits for an address? */
static bool is_small_number(const struct engine *engine, value_id value)
{
    const struct symbol *symbol = symbol_of(&engine->values, value);
    return symbol && !symbol->is_pointer && symbol->bits && symbol->bits < 64;
}

/* The block that a pointer leads to, with tags in its low bits perhaps. */
static value_id pointed_block(struct engine *engine, value_id pointer)
{
    value_id offset;
    if (pointer == VALUE_NONE || is_small_number(engine, pointer))
        return VALUE_NONE;
    return value_base(&engine->values, value_pointer_arithmetic(&engine->values, pointer), &offset);
}

void escape(struct engine *engine, struct state *state, value_id value)
{
    if (pointed_block(engine, value) != VALUE_NONE)
        pairs_shown(engine, state, value);
    lose_track(engine, state, value);
}

void lose_track(struct engine *engine, struct state *state, value_id value)
{
    value_id base = pointed_block(engine, value);
    if (base == VALUE_NONE)
        return;
    block_add_flags(engine, state, base, BLOCK_ESCAPED | BLOCK_HANDED_ON | BLOCK_REG_UNKNOWN);
    registrations_drop(engine, state, base);
}

void hand_on(struct engine *engine, struct state *state, value_id value)
{
    struct block block;
    value_id base = pointed_block(engine, value);
    if (base != VALUE_NONE && block_get(engine, state, base, &block) &&
        !(block.flags & BLOCK_HANDED_ON))
        block_add_flags(engine, state, base, BLOCK_HANDED_ON);
}

static void escape_below(struct engine *engine, struct state *state, value_id value, uint64_t salt,
                         int depth);

/* A copy holds what its original held, as far as nobody wrote to it. */
static void escape_copied(struct engine *engine, struct state *state, value_id base, uint64_t salt,
                          int depth)
{
    value_id offset;
    struct pmap_iter fills = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&fills, &key, &fill);) {
        value_id source = fill_source(engine, fill);
        if (source == VALUE_NONE || value_base(&engine->values, fill_object(key), &offset) != base)
            continue;
        struct pmap_iter cells = pmap_begin(state->store);
        for (uint64_t cell, content; pmap_next(&cells, &cell, &content);)
            if (value_is_within(&engine->values, (value_id)cell, source))
                escape_below(engine, state, (value_id)content, salt, depth + 1);
    }
}

/* All that the block's cells lead to. */
static void escape_inner(struct engine *engine, struct state *state, value_id base, uint64_t salt,
                         int depth)
{
    value_id offset;
    if (depth < MAX_REACH)
        escape_copied(engine, state, base, salt, depth);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        if (value_base(&engine->values, (value_id)key, &offset) != base)
            continue;
        status_look(engine, state, (value_id)content);
        value_id inner = pointed_block(engine, (value_id)content);
        if (depth < MAX_REACH && inner != VALUE_NONE && inner != base)
            escape_below(engine, state, (value_id)content, salt, depth + 1);
    }
}

void lose_contents(struct engine *engine, struct state *state, value_id base, uint64_t salt)
{
    value_id offset;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            answers_lost(engine, state, (value_id)content);
    earlier_given(engine, state, base, salt);
    earlier_gave_numbers(engine, state, base);
    memory_havoc(engine, state, base, salt);
}

static void escape_below(struct engine *engine, struct state *state, value_id value, uint64_t salt,
                         int depth)
{
    value_id base = pointed_block(engine, value);
    if (base == VALUE_NONE)
        return;
    escape(engine, state, base);
    escape_inner(engine, state, base, salt, depth);
    if (!memory_is_constant(engine, base))
        lose_contents(engine, state, base, salt);
}

void escape_from(struct engine *engine, struct state *state, value_id object, uint64_t salt)
{
    struct registration any;
    value_id base = pointed_block(engine, object);
    if (base == VALUE_NONE)
        return;
    if (registration_find(engine, state, base, &any))
        escape(engine, state, base);
    escape_inner(engine, state, base, salt, 0);
}

static void escape_held_below(struct engine *engine, struct state *state, value_id content,
                              int depth)
{
    value_id offset, base = pointed_block(engine, content);
    struct block block;
    bool is_new = base != VALUE_NONE && block_get(engine, state, base, &block) &&
                  (block.flags & BLOCK_OWN) && !(block.flags & BLOCK_ESCAPED);
    escape(engine, state, content);
    if (!is_new || depth == MAX_REACH)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, inner; pmap_next(&iter, &cell, &inner);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            escape_held_below(engine, state, (value_id)inner, depth + 1);
}

void escape_held(struct engine *engine, struct state *state, value_id content)
{
    escape_held_below(engine, state, content, 0);
}

void escape_contents(struct engine *engine, struct state *state, value_id object)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, object))
            escape_held(engine, state, (value_id)content);
}

void escape_reachable(struct engine *engine, struct state *state, value_id value, uint64_t salt)
{
    escape_below(engine, state, value, salt, 0);
}
