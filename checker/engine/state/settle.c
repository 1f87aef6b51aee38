/* What hung on a status, or on a block's address, is settled when that becomes known. */
#include "engine/state/settle.h"

#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/state/registrations.h"
#include "engine/state/status.h"
#include "engine/state/unpinned.h"

enum {
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    ALREADY_REGISTERED = 712, /* cudaErrorHostMemoryAlreadyRegistered, in all three APIs */
    NOT_REGISTERED = 713,
    NOT_SUPPORTED = 801,
};

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
            if (block.life == BLOCK_LIVE) /* measured: failed_allocation */
                assume_fact(engine, state,
                            compare(engine, IR_EQ, (value_id)key, value_int(&engine->values, 0)));
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

void settle_goes_on(struct engine *engine, value_id status)
{
    map_set_u64(&engine->mirrors, hash_pair(status, VALUE_NONE), 1);
}

/* The call gave no device pointer: none is where it would be. */
static void settle_mirrors(struct engine *engine, struct state *state, value_id symbol)
{
    if (engine->mirrors.len == 0 ||
        map_get_u64(&engine->mirrors, hash_pair(symbol, VALUE_NONE)) != MAP_NONE)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (map_get_u64(&engine->mirrors, hash_pair(symbol, cell)) == (value_id)content)
            memory_store(engine, state, (value_id)cell, value_int(&engine->values, 0));
}

/* An unregister call that failed on this path: what is registered is anybody's guess. */
static void settle_unregisters(struct engine *engine, struct state *state, value_id symbol)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (unpinned_has_status(engine, block, symbol))
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

/* Does a register call with this status say that the memory is not registered? "Already registered"
 * says that somebody's registration is there. What else macros let pass (cudaErrorCudartUnloading,
 * cudaErrorPeerAccessAlreadyEnabled) is no answer of a register call, and tells of another one. */
static bool says_unregistered(int64_t code)
{
    return code == INVALID_VALUE || code == OUT_OF_MEMORY || code == NOT_SUPPORTED;
}

/* The program looked for a status that leaves the memory registered, as far as anybody knows. */
static void settle_let_pass(struct engine *engine, struct state *state, value_id symbol)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&engine->blocks, (uint32_t)number);
        if (block->failed_status == symbol && !met_own_registration(engine, state, block))
            block_add_flags(engine, state, (value_id)key, BLOCK_REG_UNKNOWN);
    }
}

/* Is the status, which is in the range, that of a call which a finding says must fail with it? */
static bool is_said_failure(struct engine *engine, const struct state *state, value_id symbol,
                            const struct range *range, const struct block *block)
{
    const bool is_one = range->low == range->high;
    if (!is_one && !status_failure_is_expected(engine, symbol))
        return false;
    if (block->refused == symbol)
        return !is_one || range->low == INVALID_VALUE || range->low == NOT_REGISTERED;
    return block->failed_status == symbol &&
           (!is_one ||
            (range->low == ALREADY_REGISTERED) == met_own_registration(engine, state, block));
}

/* The program asked for the very status that a finding says, or for any failure: it meant the
 * mistake, which leaves everything as it was. */
static void settle_expected(struct engine *engine, struct state *state, value_id symbol,
                            const struct range *range)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct block block = *(const struct block *)table_at(&engine->blocks, (uint32_t)number);
        if (!(block.flags & BLOCK_REPORTED) ||
            !is_said_failure(engine, state, symbol, range, &block))
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
        if (not_zero) {
            settle_mirrors(engine, state, value);
            settle_unregisters(engine, state, value);
        }
        if (not_zero && range.low == range.high && !says_unregistered(range.low))
            settle_let_pass(engine, state, value);
        if (not_zero)
            settle_expected(engine, state, value, &range);
    } else if (symbol.kind == SYMBOL_BLOCK) {
        struct block block;
        bool failed = is_zero || (range.low == -1 && range.high == -1); /* NULL, MAP_FAILED */
        if (failed && block_get(engine, state, value, &block) && block.life != BLOCK_GONE)
            unmake_block(engine, state, value, block);
    }
}
