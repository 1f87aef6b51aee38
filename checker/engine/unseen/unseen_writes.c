/* What code out of sight may have written to while it ran. */
#include "engine/unseen/unseen_writes.h"

#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/fills.h"
#include "engine/state/holders.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

enum { STATUS_DEPTH = 4 };

static bool is_constant_type(const struct ir_unit *unit, ir_id type)
{
    return type != IR_NONE && unit->types.data[type].is_const &&
           unit->types.data[type].kind != IR_TYPE_RECORD;
}

bool memory_is_constant(const struct engine *engine, value_id base)
{
    uint32_t kind = memory_region_kind(engine, base);
    if (kind != REGION_LOCAL && kind != REGION_GLOBAL)
        return false;
    const struct region *region = region_at(&engine->values, value_at(&engine->values, base)->a);
    if (kind == REGION_LOCAL) {
        const struct program_function *function = context_function(engine, region->a);
        return is_constant_type(function->in, function->ir->locals.data[region->b].type);
    }
    const struct program_global *global =
        program_global(&engine->program, name_text(&engine->values, region->a));
    return global && !global->ir->is_volatile &&
           (global->ir->is_const_data ||
            is_constant_type(engine->program.units[global->unit], global->ir->type));
}

/* What a question has the answer in, the next one has it in too: getenv's text. */
static bool gives_text(const struct engine *engine, value_id base)
{
    uint32_t asked = map_get_u64(&engine->question_of, base);
    return asked != MAP_NONE && engine->questions.data[asked].gives_text;
}

static bool out_of_reach(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    uint32_t kind = memory_region_kind(engine, base);
    if (kind == REGION_STRING || kind == REGION_FUNCTION || memory_is_constant(engine, base))
        return true;
    if (kind == REGION_LOCAL)
        return !block_get(engine, state, base, &block) || !(block.flags & BLOCK_ESCAPED);
    if (kind == REGION_GLOBAL) {
        const struct region *region =
            region_at(&engine->values, value_at(&engine->values, base)->a);
        const struct program_global *global =
            program_global(&engine->program, name_text(&engine->values, region->a));
        return global && (global->ir->is_const_data || global->is_confined);
    }
    return gives_text(engine, base) || block_is_private(engine, state, base);
}

static void lose_link(struct engine *engine, struct state *state, value_id cell, value_id content,
                      uint64_t salt)
{
    struct symbol now = {.kind = SYMBOL_CONTENT,
                         .is_pointer = 1,
                         .origin = hash_pair(hash_pair(cell, salt), content)};
    value_id unknown = value_symbol(&engine->values, now);
    moment_note_same(engine, unknown, content);
    state->store = pmap_set(engine->arena, state->store, cell, unknown);
    holders_lose_track(engine, state, content);
}

/* `*node->link = next`: the place that the node's own member names is the one which leads to it. */
static void relink_by_address(struct engine *engine, struct state *state, value_id address,
                              uint64_t salt)
{
    uint32_t member = map_get_u64(&engine->made_of, address);
    value_id offset,
        node = member == MAP_NONE ? VALUE_NONE : value_base(&engine->values, member, &offset);
    if (node == VALUE_NONE || !symbol_of(&engine->values, node))
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id owner = value_base(&engine->values, (value_id)cell, &offset);
        if (content == node && owner != VALUE_NONE && !out_of_reach(engine, state, owner))
            lose_link(engine, state, (value_id)cell, node, salt);
    }
}

void memory_relink(struct engine *engine, struct state *state, value_id address, uint64_t salt)
{
    value_id offset, base = value_base(&engine->values, address, &offset);
    const struct symbol *node = base == VALUE_NONE ? NULL : symbol_of(&engine->values, base);
    const struct value *place = value_at(&engine->values, address);
    if (!node || node->kind != SYMBOL_CONTENT)
        return;
    if (place->kind != VALUE_ADDRESS) {
        relink_by_address(engine, state, address, salt);
        return;
    }
    struct region link = *region_at(&engine->values, place->a);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct value *other = value_at(&engine->values, (value_id)cell);
        if (cell == address || other->kind != VALUE_ADDRESS)
            continue;
        const struct region *region = region_at(&engine->values, other->a);
        value_id owner = value_base(&engine->values, (value_id)cell, &offset);
        if (region->kind != REGION_FIELD || region->b != link.b || owner == base ||
            out_of_reach(engine, state, owner))
            continue;
        lose_link(engine, state, (value_id)cell, (value_id)content, salt);
    }
}

static void havoc_fills(struct engine *engine, struct state *state, uint64_t salt)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id offset, base = value_base(&engine->values, fill_object(key), &offset);
        if (base == VALUE_NONE || out_of_reach(engine, state, base))
            continue;
        state->fill = pmap_remove(engine->arena, state->fill, key);
        if (memory_region_kind(engine, base) == REGION_LOCAL)
            memory_renew(engine, state, base, salt);
    }
}

/* The caller's own object, which no code out of sight was given on this path. */
static bool is_callers(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    const struct symbol *symbol = symbol_of(&engine->values, base);
    return symbol && symbol->kind == SYMBOL_PARAMETER &&
           !(block_get(engine, state, base, &block) && (block.flags & BLOCK_ESCAPED));
}

/* Does the path know more of the block that the pointer leads to than that there is one? */
static bool leads_to_known_block(struct engine *engine, const struct state *state, value_id content)
{
    struct block block;
    value_id offset, base = value_base(&engine->values, content, &offset);
    return block_get(engine, state, base, &block) &&
           ((block.flags & BLOCK_OWN) || !(block.flags & BLOCK_ESCAPED));
}

/* A size, say: reckoned by the path, or given to it. (0 or 1 is a state that things are in.) */
static bool is_reckoned(const struct engine *engine, value_id content)
{
    const struct value *value = value_at(&engine->values, content);
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (symbol)
        return symbol->kind == SYMBOL_PARAMETER && !symbol->is_pointer;
    return (value->kind == VALUE_INT || value->kind == VALUE_OPERATION) &&
           !value_is_int(&engine->values, content, NULL);
}

/* What a call of the path has told, which goes with the blocks. */
static bool tells_of_call(const struct values *values, value_id content, int depth)
{
    if (content == VALUE_NONE || depth == 0)
        return false;
    const struct value value = *value_at(values, content);
    if (value.kind == VALUE_SYMBOL)
        return symbol_of(values, content)->kind == SYMBOL_STATUS;
    return (value.kind == VALUE_COMPARISON || value.kind == VALUE_OPERATION) &&
           (tells_of_call(values, value.a, depth - 1) || tells_of_call(values, value.b, depth - 1));
}

/* Blocks and sizes that are kept in an object of the caller's, and what a container of his counts.
 */
static bool is_kept_for_caller(struct engine *engine, const struct state *state, value_id object,
                               value_id cell, value_id content)
{
    return content != VALUE_NONE && is_callers(engine, state, object) &&
           (place_is_hidden(&engine->values, cell) || is_reckoned(engine, content) ||
            tells_of_call(&engine->values, content, STATUS_DEPTH) ||
            leads_to_known_block(engine, state, content));
}

/* Made on this path: what was stored there before others came by it was not theirs then. */
static bool is_own(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    return block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN);
}

void memory_havoc_all(struct engine *engine, struct state *state, enum unseen_reach reach,
                      uint64_t salt)
{
    struct pmap_iter iter = pmap_begin(state->store);
    havoc_fills(engine, state, salt);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        value_id offset, base = value_base(&engine->values, (value_id)key, &offset);
        if (base == VALUE_NONE || out_of_reach(engine, state, base) ||
            (reach == UNSEEN_REACHES_ITS_OWN &&
             is_kept_for_caller(engine, state, base, (value_id)key, (value_id)content)))
            continue;
        state->store = pmap_remove(engine->arena, state->store, key);
        earlier_held(engine, state, (value_id)key, (value_id)content);
        const bool is_local = memory_region_kind(engine, base) == REGION_LOCAL;
        if (!is_local && !is_own(engine, state, base))
            continue; /* that was so when it was stored */
        status_look(engine, state, (value_id)content);
        answers_lost(engine, state, (value_id)content);
        hand_on(engine, state, (value_id)content);
        if (is_local)
            memory_renew(engine, state, base, salt);
    }
    state->epoch = hash_pair(state->epoch, salt);
}
