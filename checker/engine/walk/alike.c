/* Where the budget runs short: of the paths that come to a block and differ in nothing that rules
 * ask for, a few go on. Each is a path of the program as good as any other; what is lost is no more
 * than what the others, which would have spent the budget, might have come to. */
#include "engine/value/pmap.h"
#include "engine/walk/walk.h"

/* Nearly alike ones at one block. More would be wanted only where what they differ in (a number, a
 * container's elements) decides later on whether memory is registered. */
enum { MOST_ALIKE = 4 };

/* Has the block a history that a call may be wrong for? */
static bool is_at_stake(const struct block *block)
{
    const uint32_t history =
        BLOCK_UNREGISTERED | BLOCK_FAILED_REGISTER | BLOCK_UNDONE | BLOCK_RESET | BLOCK_REPORTED;
    return (block->flags & history) || block->memory == PROVENANCE_PINNED;
}

static uint64_t hash_of_blocks(const struct engine *engine, const struct state *state)
{
    uint64_t hash = 0;
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, number; pmap_next(&iter, &base, &number);)
        if (is_at_stake(table_at(&engine->blocks, (uint32_t)number)))
            hash ^= hash_pair(base, number);
    return hash;
}

static uint64_t hash_of_core(const struct engine *engine, const struct state *state)
{
    const uint64_t parts[] = {
        ((uint64_t)state->context << 32) | state->block,
        ((uint64_t)state->capture << 32) | state->flags,
        pmap_hash(state->registrations),
        pmap_hash(state->statuses),
        pmap_hash(state->ends),
        hash_of_blocks(engine, state),
        state->doubt,
        state->thrown,
    };
    return hash_bytes(parts, sizeof parts);
}

bool alike_are_enough(struct engine *engine, const struct state *state)
{
    if (!walk_runs_short(engine))
        return false;
    uint64_t core = hash_of_core(engine, state);
    uint32_t count = map_get_u64(&engine->alike, core);
    count = count == MAP_NONE ? 1 : count + 1;
    map_set_u64(&engine->alike, core, count);
    engine->is_narrowed |= count > MOST_ALIKE;
    return count > MOST_ALIKE;
}
