/* What one function leaves registered in a member or a static, and another one releases there. */
#include "engine/events/events.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/keepers.h"
#include "engine/pairs/kept.h"
#include "engine/pairs/pairs.h"
#include "engine/program/ahead.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"

#include <string.h>

/* Does the place lie in the object that it is a member of, and not where that begins? What some
 * member points to was allocated, and begins elsewhere. */
static bool is_inner_member(struct engine *engine, value_id pointer, value_id offset)
{
    int64_t bytes;
    return keeper_innermost_member(engine, pointer) && offset != VALUE_NONE &&
           value_is_int(&engine->values, offset, &bytes) && bytes > 0;
}

void pairs_unregistered(struct engine *engine, const struct state *state, value_id pointer)
{
    struct keeper keeper;
    struct block block;
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    const value_id place = base == VALUE_NONE ? VALUE_NONE : memory_found_at(engine, base);
    uint64_t member;
    bool is_named =
        place != VALUE_NONE
            ? keeper_of(engine, place, &keeper) || kept_member(engine, place, &member) != NULL
            : pairs_static_key(engine, pointer) != 0 || is_inner_member(engine, pointer, offset);
    pairs_settle(engine, state, pointer);
    pairs_settle_equals(engine, state, pointer);
    always_unregistered(engine, state, pointer);
    block_describe(engine, state, base, &block);
    if (!is_named && !(block.flags & BLOCK_OWN))
        map_set_u64(&engine->undone_keepers, keeper_key_of_file(engine, FILE_UNDOES_UNNAMED), 1);
}

void pairs_reset(struct engine *engine)
{
    map_set_u64(&engine->undone_keepers, keeper_key_of_file(engine, FILE_RESETS), 1);
}

void pairs_left(struct engine *engine, const struct registration *record, uint64_t key,
                const char *name, bool is_handed_out)
{
    map_set_u64(&engine->registered_instances, hash_pair(key, keeper_instance(engine)), 1);
    uint32_t known = map_get_u64(&engine->registered_keepers, key);
    if (known != MAP_NONE) {
        engine->left_registered.data[known].is_handed_out &= is_handed_out;
        return;
    }
    const site_id site = site_written(engine, record->site);
    struct left_registered left = {
        .name = name_of_text(name),
        .unit = engine->program.functions.data[engine->root].unit,
        .is_handed_out = is_handed_out,
        .step = {.at = position_of(engine, engine->findings->arena, site)}};
    map_set_u64(&engine->registered_keepers, key, (uint32_t)engine->left_registered.len);
    vec_push(engine->lasting, &engine->left_registered, left);
}

bool pairs_may_release(const struct engine *engine, const struct program_function *function)
{
    for (size_t i = 0; (function->flow->all & FLOW_RELEASES) && i < engine->left_registered.len;
         i++)
        if (name_set_has(&function->flow->all_names, engine->left_registered.data[i].name))
            return true;
    return false;
}

/* Which holds it, or, where it was taken out, held it. */
static bool find_keeper(struct engine *engine, const struct event *release, struct keeper *keeper)
{
    value_id place = map_get_u64(&engine->made_of, release->pointer);
    return pairs_find_exact(engine, release->state, release->pointer, release->base, keeper) ||
           (place != MAP_NONE && keeper_of_element(engine, release->state, place, keeper));
}

/* A member of the class whose function the root is. */
static bool is_of_class(struct engine *engine, const struct event *release, struct event *pair)
{
    struct keeper keeper;
    if (!find_keeper(engine, release, &keeper) || keeper.is_static ||
        !keeper_is_in_sight(engine, &keeper))
        return false;
    pair->keeper = keeper.name;
    pair->keeper_is_in_doubt = keeper_is_shown(engine, &keeper);
    pair->keeper_key = keeper_key(&keeper, true);
    pair->keeper_instance = keeper_instance(engine);
    pair->companions[0] = keeper_key(&keeper, false);
    pair->companions[1] = keeper_key_of_unknown(keeper_class(engine));
    pair->companions[2] = keeper_key_of_file(engine, FILE_RESETS);
    return true;
}

/* A static, or a member of one of the file's own structs, of which nothing is known but that it is
 * found there. */
static bool is_of_file(struct engine *engine, const struct event *release, struct event *pair)
{
    struct keeper keeper;
    const value_id place = memory_found_at(engine, release->pointer);
    if (place == VALUE_NONE)
        return false;
    pair->keeper_is_in_doubt = release->state->flags & STATE_ASSUMED_FLAG; /* "is it registered?" */
    bool is_static = keeper_of(engine, place, &keeper) && keeper.is_static &&
                     keeper_is_in_sight(engine, &keeper);
    if (is_static && !pair->keeper_is_in_doubt)
        map_set_u64(&engine->released_keepers, keeper_key(&keeper, true), 1);
    pair->keeper = kept_member(engine, place, &pair->keeper_key);
    if (!pair->keeper && is_static) {
        pair->keeper = program_global(&engine->program, keeper.name)->ir->name;
        pair->keeper_key = keeper_key(&keeper, true);
    }
    pair->keeper_is_of_file = true;
    pair->companions[0] = keeper_key_of_file(engine, FILE_UNDOES_UNNAMED);
    pair->companions[1] = keeper_key_of_file(engine, FILE_RESETS);
    return pair->keeper != NULL;
}

void pairs_released(struct engine *engine, const struct event *release)
{
    typedef bool finder(struct engine * engine, const struct event *release, struct event *pair);
    static finder *const finders[] = {is_of_class, is_of_file};
    const uint32_t known = BLOCK_OWN | BLOCK_UNREGISTERED | BLOCK_REG_UNKNOWN | BLOCK_REPORTED;
    if (release->has_registration || (release->block.flags & known) ||
        release->expects == PROVENANCE_PINNED || release->expects == PROVENANCE_DEVICE)
        return;
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
        struct event pair = *release;
        pair.kind = EVENT_PAIR;
        pair.keeper_is_released = true;
        pair.owner_dies = SITE_NONE;
        if (!finders[i](engine, release, &pair))
            continue;
        value_id place = map_get_u64(&engine->made_of, release->base);
        if (place != MAP_NONE)
            pair.place_key = always_key(engine, release->state, place);
        if (!pair.keeper_is_in_doubt)
            map_set_u64(&engine->released_keepers, pair.keeper_key, 1);
        event_raise(engine, &pair);
    }
}
