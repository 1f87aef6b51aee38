/* Contents that nobody knows are told apart by the moment since when they are unknown. Where the
 * path still says something of what was read since that moment, the moment matters. Else it does
 * not, and paths which differ in nothing else become one: without that, every call out of sight
 * that only one of two branches makes would double the paths behind them. */
#include "engine/unseen/moments.h"

#include "engine/state/fills.h"
#include "engine/state/marks.h"
#include "engine/value/pmap.h"

uint32_t moment_name(uint64_t moment)
{
    return (uint32_t)hash_u64(moment) >> 1; /* never MAP_NONE */
}

void moment_note(struct engine *engine, value_id content, uint64_t moment)
{
    map_set_u64(&engine->moments, content, moment_name(moment));
}

void moment_note_same(struct engine *engine, value_id content, value_id as)
{
    uint32_t name = map_get_u64(&engine->moments, as);
    if (name != MAP_NONE)
        map_set_u64(&engine->moments, content, name);
}

bool moment_is_first(const struct engine *engine, value_id content)
{
    return map_get_u64(&engine->moments, content) == moment_name(FIRST_EPOCH);
}

bool moment_is_present(const struct engine *engine, const struct state *state, value_id content)
{
    uint32_t name = map_get_u64(&engine->moments, content);
    if (name == MAP_NONE || name == moment_name(state->epoch))
        return true;
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);)
        if (name == moment_name(fill_moment(engine, fill)))
            return true;
    return false;
}

/* A moment that nothing remembers gets the name of the block that the path is at. */
static uint64_t rename_moment(const struct marks *marks, uint64_t moment, uint64_t place)
{
    bool kept =
        marks_has_moment(marks, moment_name(moment)) || marks_has_moment(marks, moment_name(place));
    return kept ? moment : place;
}

/* What the moment of a copied object's original is called from now on, where that is not its own
 * alone: the epoch's, or that of a fill which is still there. */
static bool renamed_with_another(const struct state *before, const struct state *now,
                                 uint64_t moment, uint64_t *name)
{
    if (moment == before->epoch) {
        *name = now->epoch;
        return true;
    }
    struct pmap_iter iter = pmap_begin(before->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);)
        if (fill == moment && pmap_get(now->fill, key, name))
            return true;
    return false;
}

static void rename_copies(const struct marks *marks, const struct state *before,
                          struct state *state, uint64_t here)
{
    struct pmap_iter iter = pmap_begin(before->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        uint64_t now, moment = fill_moment(marks->engine, fill);
        if (fill_source(marks->engine, fill) == VALUE_NONE)
            continue;
        if (!renamed_with_another(before, state, moment, &now))
            now = rename_moment(marks, moment, fill_unknown(here, key));
        if (now != moment)
            state->fill = pmap_set(marks->engine->arena, state->fill, key,
                                   fill_with_moment(marks->engine, fill, now));
    }
}

struct renaming {
    struct pmap_change change;
    const struct marks *marks;
    uint64_t here;
};

static uint64_t renamed_fill(struct pmap_change *change, uint64_t key, uint64_t fill)
{
    const struct renaming *renaming = (struct renaming *)change;
    const struct marks *marks = renaming->marks;
    if (fill == FILL_ZERO || fill_source(marks->engine, fill) != VALUE_NONE)
        return fill;
    return rename_moment(marks, fill, fill_unknown(renaming->here, key));
}

void moments_rename(const struct marks *marks, struct state *state)
{
    uint64_t here = hash_u64(((uint64_t)state->context << 32) | state->block);
    const struct state before = *state;
    state->epoch = rename_moment(marks, state->epoch, here);
    struct renaming renaming = {{renamed_fill}, marks, here};
    state->fill = pmap_with_values(marks->engine->arena, state->fill, &renaming.change);
    rename_copies(marks, &before, state, here);
}
