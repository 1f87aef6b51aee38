/* Blocks of memory, their registrations, and what happens to both when a pointer leaves sight or
 * a status becomes known. */
#include "engine/state/blocks.h"

#include "engine/pairs/pairs.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/unseen_writes.h"
#include "engine/value/pmap.h"

#include <string.h>

enum { ALREADY_REGISTERED = 712 }; /* cudaErrorHostMemoryAlreadyRegistered, in all three APIs */

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
        block.unregistered = VALUE_NONE;
    block_set(engine, state, base, block);
}

/* ---- registrations ---- */

const struct registration *registration_at(const struct engine *engine, uint64_t key)
{
    return table_at(&engine->registrations, (uint32_t)key);
}

/* At NULL the call fails, and with 0 bytes. Nobody asked: it is no choice of the path. */
static void assume_registered(struct engine *engine, struct state *state,
                              const struct registration *record)
{
    const uint32_t flags = state->flags;
    assume(engine, state, record->address, true);
    if (record->size != VALUE_NONE)
        assume(engine, state, compare(engine, IR_NE, record->size, value_int(&engine->values, 0)),
               true);
    state->flags = flags;
}

void registration_add(struct engine *engine, struct state *state, struct registration record)
{
    uint32_t key = table_intern(&engine->registrations, &record);
    state->registrations = pmap_set(engine->arena, state->registrations, key, 1);
    if (record.status == VALUE_NONE)
        assume_registered(engine, state, &record);
}

void registrations_doubt(struct engine *engine, struct state *state, pmap registrations,
                         value_id status)
{
    struct pmap_iter iter = pmap_begin(registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->status == status)
            block_add_flags(engine, state, registration_at(engine, key)->block, BLOCK_REG_UNKNOWN);
}

void registrations_doubt_all(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        block_add_flags(engine, state, registration_at(engine, key)->block, BLOCK_REG_UNKNOWN);
}

bool registration_find(const struct engine *engine, const struct state *state, value_id block,
                       struct registration *found)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->block == block) {
            *found = *registration_at(engine, key);
            return true;
        }
    return false;
}

void registrations_drop(struct engine *engine, struct state *state, value_id block)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(engine, key)->block == block)
            state->registrations = pmap_remove(engine->arena, state->registrations, key);
}

void block_doubt(struct engine *engine, struct state *state, value_id block)
{
    registrations_drop(engine, state, block);
    block_add_flags(engine, state, block, BLOCK_QUERIED | BLOCK_REG_UNKNOWN);
}

bool block_is_private(struct engine *engine, const struct state *state, value_id base)
{
    struct block block;
    return block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN) &&
           !(block.flags & (BLOCK_ESCAPED | BLOCK_HANDED_ON));
}

/* ---- escape ---- */

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
    value_id base = pointed_block(engine, value);
    if (base == VALUE_NONE)
        return;
    pairs_undone(engine, state, value);
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

/* What the block holds may be something else when the code that is given it comes back. */
static void lose_answers(struct engine *engine, struct state *state, value_id base)
{
    value_id offset;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            answers_lost(engine, state, (value_id)content);
}

static void escape_below(struct engine *engine, struct state *state, value_id value, uint64_t salt,
                         int depth)
{
    value_id base = pointed_block(engine, value);
    if (base == VALUE_NONE)
        return;
    escape(engine, state, base);
    escape_inner(engine, state, base, salt, depth);
    if (memory_is_constant(engine, base))
        return;
    lose_answers(engine, state, base);
    earlier_given(engine, state, base, salt);
    memory_havoc(engine, state, base, salt);
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

/* A block that the path made, and whatever such blocks lead to: what they hold stays as it is until
 * code out of sight runs. */
static void escape_held(struct engine *engine, struct state *state, value_id content, int depth)
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
            escape_held(engine, state, (value_id)inner, depth + 1);
}

void escape_contents(struct engine *engine, struct state *state, value_id object)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, object))
            escape_held(engine, state, (value_id)content, 0);
}

void escape_reachable(struct engine *engine, struct state *state, value_id value, uint64_t salt)
{
    escape_below(engine, state, value, salt, 0);
}

/* ---- settling ---- */

static void settle_registrations(struct engine *engine, struct state *state, value_id symbol,
                                 bool is_zero)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct registration record = *registration_at(engine, key);
        if (record.status != symbol)
            continue;
        state->registrations = pmap_remove(engine->arena, state->registrations, key);
        if (!is_zero) {
            struct block block;
            block_describe(engine, state, record.block, &block);
            block.flags |= BLOCK_FAILED_REGISTER;
            block.failed = record.address;
            block.failed_status = symbol;
            block_set(engine, state, record.block, block);
            continue;
        }
        record.status = VALUE_NONE;
        registration_add(engine, state, record);
    }
}

/* The allocation failed: the block never was, and the one that realloc moved lives on. */
static void unmake_block(struct engine *engine, struct state *state, value_id base,
                         struct block block)
{
    struct block old;
    if (block.moved_from != VALUE_NONE && block_get(engine, state, block.moved_from, &old) &&
        old.life == BLOCK_RELEASED) {
        old.life = BLOCK_LIVE;
        old.released = SITE_NONE;
        block_set(engine, state, block.moved_from, old);
    }
    block = block_blank(PROVENANCE_UNKNOWN);
    block.life = BLOCK_GONE;
    block_set(engine, state, base, block);
}

static void settle_blocks(struct engine *engine, struct state *state, value_id symbol,
                          bool is_success)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct block block = *(const struct block *)table_at(&engine->blocks, (uint32_t)number);
        if (block.status != symbol)
            continue;
        if (!is_success) {
            unmake_block(engine, state, (value_id)key, block);
            continue;
        }
        block.status = VALUE_NONE;
        block_set(engine, state, (value_id)key, block);
        bool is_empty = block.size != VALUE_NONE &&
                        value_is_int(&engine->values, block.size, NULL) &&
                        decide(engine, state, block.size) == TRUTH_FALSE;
        if (block.life == BLOCK_LIVE && !is_empty) /* 0 bytes are at NULL */
            assume(engine, state, (value_id)key, true);
    }
}

/* An unregister call that failed on this path: what is registered is anybody's guess. */
static void settle_unregisters(struct engine *engine, struct state *state, value_id symbol)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (block->unregister_status == symbol)
            block_add_flags(engine, state, (value_id)key, BLOCK_REG_UNKNOWN);
    }
}

/* Is the registration that a failed one met this path's own? */
static bool met_own_registration(struct engine *engine, const struct state *state,
                                 const struct block *block)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        const struct registration *record = registration_at(engine, key);
        if (record->status == VALUE_NONE &&
            value_is_same_place(&engine->values, record->address, block->failed))
            return true;
    }
    return false;
}

/* "Already registered", and the program looked: somebody's registration is there. */
static void settle_already_registered(struct engine *engine, struct state *state, value_id symbol)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (block->failed_status == symbol && !met_own_registration(engine, state, block))
            block_add_flags(engine, state, (value_id)key, BLOCK_REG_UNKNOWN);
    }
}

/* The program asked for the very status that a finding says: it meant the mistake, which leaves
 * everything as it was. */
static void settle_expected(struct engine *engine, struct state *state, value_id symbol,
                            int64_t code)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct block block = *(const struct block *)table_at(&engine->blocks, (uint32_t)number);
        if (block.failed_status != symbol || !(block.flags & BLOCK_REPORTED) ||
            (code == ALREADY_REGISTERED) != met_own_registration(engine, state, &block))
            continue;
        block.flags &= ~(uint32_t)BLOCK_REPORTED;
        block_set(engine, state, (value_id)key, block);
        state->flags &= ~(uint32_t)STATE_MISPLACED_REPORTED;
    }
}

void settle(struct engine *engine, struct state *state, value_id value)
{
    const struct symbol *found = symbol_of(&engine->values, value);
    if (!found)
        return;
    struct symbol symbol = *found;
    struct range range = range_of(engine, state, value);
    bool is_zero = range_is_one(&range, 0);
    bool not_zero = !range_contains(&range, 0);
    if (symbol.kind == SYMBOL_STATUS) {
        if (!is_zero && !not_zero)
            return;
        if (not_zero && state->capture_status == value)
            state->capture = 0;
        if (not_zero) {
            state->flags |= STATE_AFTER_FAILURE;
            status_covered(engine, state, value);
        }
        settle_registrations(engine, state, value, is_zero);
        settle_blocks(engine, state, value, is_zero);
        if (not_zero)
            settle_unregisters(engine, state, value);
        if (range_is_one(&range, ALREADY_REGISTERED))
            settle_already_registered(engine, state, value);
        if (not_zero && range.low == range.high)
            settle_expected(engine, state, value, range.low);
    } else if (symbol.kind == SYMBOL_BLOCK) {
        struct block block;
        bool failed = is_zero || (range.low == -1 && range.high == -1); /* NULL, MAP_FAILED */
        if (failed && block_get(engine, state, value, &block) && block.life != BLOCK_GONE)
            unmake_block(engine, state, value, block);
    }
}
