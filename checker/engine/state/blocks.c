/* Blocks of memory: what a path knows of each, or else what the place says by itself. */
#include "engine/state/blocks.h"

#include "engine/state/context.h"
#include "engine/state/unpinned.h"

bool block_get(struct engine *engine, const struct state *state, value_id base, struct block *block)
{
    uint64_t number;
    if (base == VALUE_NONE || !pmap_get(state->blocks, base, &number))
        return false;
    *block = *(const struct block *)table_at(&engine->blocks, (uint32_t)number);
    return true;
}

void block_end(struct engine *engine, struct state *state, value_id base)
{
    const uint32_t dull = BLOCK_ESCAPED | BLOCK_HANDED_ON | BLOCK_REG_UNKNOWN | BLOCK_OWN |
                          BLOCK_SHOWN | BLOCK_CONCURRENT;
    struct block block;
    if (block_get(engine, state, base, &block) && block.life == BLOCK_LIVE &&
        !(block.flags & ~dull))
        state->blocks = pmap_remove(engine->arena, state->blocks, base);
}

void block_set(struct engine *engine, struct state *state, value_id base, struct block block)
{
    uint32_t number = table_intern(&engine->blocks, &block);
    state->blocks = pmap_set(engine->arena, state->blocks, base, number);
}

struct block block_blank(enum provenance memory)
{
    return (struct block){.memory = memory,
                          .life = BLOCK_LIVE,
                          .size = VALUE_NONE,
                          .status = VALUE_NONE,
                          .allocated = SITE_NONE,
                          .released = SITE_NONE,
                          .owned = SITE_NONE,
                          .unregistered = VALUE_NONE,
                          .unregistered_at = SITE_NONE,
                          .failed = VALUE_NONE,
                          .failed_status = VALUE_NONE,
                          .unregister_status = VALUE_NONE,
                          .refused = VALUE_NONE,
                          .owner = VALUE_NONE,
                          .moved_from = VALUE_NONE};
}

static void describe_type(struct engine *engine, struct block *block, const struct ir_unit *unit,
                          ir_id type)
{
    if (type == IR_NONE)
        return;
    const struct ir_type *t = &unit->types.data[type];
    if (t->size != IR_SIZE_UNKNOWN && t->size <= INT64_MAX)
        block->size = value_int(&engine->values, (int64_t)t->size);
    if (t->kind == IR_TYPE_ARRAY && t->element != IR_NONE &&
        unit->types.data[t->element].size <= UINT32_MAX)
        block->element = (uint32_t)unit->types.data[t->element].size;
}

static struct block describe_local(struct engine *engine, struct region region)
{
    const struct program_function *function = context_function(engine, region.a);
    struct block block = block_blank(PROVENANCE_STACK);
    if (region.b < function->ir->locals.len)
        describe_type(engine, &block, function->in, function->ir->locals.data[region.b].type);
    block.flags = BLOCK_OWN;
    return block;
}

static struct block describe_global(struct engine *engine, struct region region)
{
    struct block block = block_blank(PROVENANCE_STATIC);
    const struct program_global *global =
        program_global(&engine->program, name_text(&engine->values, region.a));
    if (!global)
        return block;
    if (global->ir->is_const_data)
        block.memory = PROVENANCE_CONSTANT;
    if (global->ir->is_managed)
        block.memory = PROVENANCE_MANAGED;
    describe_type(engine, &block, engine->program.units[global->unit], global->ir->type);
    return block;
}

bool block_describe(struct engine *engine, const struct state *state, value_id base,
                    struct block *block)
{
    *block = block_blank(PROVENANCE_UNKNOWN);
    if (base == VALUE_NONE)
        return false;
    if (block_get(engine, state, base, block))
        return true;
    const struct value *value = value_at(&engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return false;
    struct region region = *region_at(&engine->values, value->a);
    switch (region.kind) {
    case REGION_LOCAL:
        *block = describe_local(engine, region);
        return true;
    case REGION_GLOBAL:
        *block = describe_global(engine, region);
        return true;
    case REGION_STRING:
        *block = block_blank(PROVENANCE_CONSTANT);
        return true;
    default:
        return false;
    }
}

void block_add_flags(struct engine *engine, struct state *state, value_id base, uint32_t flags)
{
    struct block block;
    block_describe(engine, state, base, &block);
    bool doubts = (flags & (BLOCK_REG_UNKNOWN | BLOCK_QUERIED)) && block.unregistered != VALUE_NONE;
    if ((block.flags & flags) == flags && !doubts)
        return;
    block.flags |= flags;
    if (doubts)
        unpinned_forget(&block);
    block_set(engine, state, base, block);
}

bool block_is_private(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    return block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN) &&
           !(block.flags & (BLOCK_ESCAPED | BLOCK_HANDED_ON));
}
