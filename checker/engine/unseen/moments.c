/* Contents that nobody knows are told apart by the moment since when they are unknown. Where the
 * path still says something of what was read since that moment, the moment matters. Else it does
 * not, and paths which differ in nothing else become one: without that, every call out of sight
 * that only one of two branches makes would double the paths behind them. */
#include "engine/unseen/moments.h"

#include "engine/state/fills.h"
#include "engine/state/marks.h"
#include "engine/value/pmap.h"

#include <stdlib.h>

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

/* In the order of the moments; of fills with one moment, in that of the store. */
static int by_moment(const void *a, const void *b)
{
    const struct renamed_moment *x = a, *y = b;
    if (x->before != y->before)
        return x->before < y->before ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* The first fill that has the moment, or the one behind where it would be. */
static size_t first_of_moment(const struct engine *engine, uint64_t moment)
{
    size_t first = 0;
    for (size_t end = engine->renamed.len; first < end;) {
        size_t middle = first + (end - first) / 2;
        if (engine->renamed.data[middle].before < moment)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

struct renaming {
    struct pmap_change change;
    const struct marks *marks;
    uint64_t here;
    uint64_t epoch_before, epoch_now;
    bool has_copies;
};

/* What the moment of a copied object's original is called from now on, where that is not its own
 * alone: the epoch's, or that of a fill which is still there. */
static bool renamed_with_another(const struct renaming *renaming, uint64_t moment, uint64_t *name)
{
    const struct engine *engine = renaming->marks->engine;
    if (moment == renaming->epoch_before) {
        *name = renaming->epoch_now;
        return true;
    }
    size_t first = first_of_moment(engine, moment);
    if (first == engine->renamed.len || engine->renamed.data[first].before != moment)
        return false;
    *name = engine->renamed.data[first].now;
    return true;
}

static uint64_t renamed_copy(struct pmap_change *change, uint64_t key, uint64_t fill)
{
    const struct renaming *renaming = (struct renaming *)change;
    const struct marks *marks = renaming->marks;
    uint64_t now, moment = fill_moment(marks->engine, fill);
    if (fill_source(marks->engine, fill) == VALUE_NONE)
        return fill;
    if (!renamed_with_another(renaming, moment, &now))
        now = rename_moment(marks, moment, fill_unknown(renaming->here, key));
    return now == moment ? fill : fill_with_moment(marks->engine, fill, now);
}

static uint64_t renamed_fill(struct pmap_change *change, uint64_t key, uint64_t fill)
{
    struct renaming *renaming = (struct renaming *)change;
    struct engine *engine = renaming->marks->engine;
    if (fill_source(engine, fill) != VALUE_NONE)
        renaming->has_copies = true;
    else if (fill != FILL_ZERO) {
        struct renamed_moment renamed = {
            .before = fill,
            .now = rename_moment(renaming->marks, fill, fill_unknown(renaming->here, key)),
            .order = (uint32_t)engine->renamed.len};
        vec_push(engine->arena, &engine->renamed, renamed);
        return renamed.now;
    }
    return fill;
}

static pmap changed(struct renaming *renaming, pmap fill,
                    uint64_t (*how)(struct pmap_change *change, uint64_t key, uint64_t value))
{
    renaming->change.changed = how;
    return pmap_with_values(renaming->marks->engine->arena, fill, &renaming->change);
}

void moments_rename(const struct marks *marks, struct state *state)
{
    struct engine *engine = marks->engine;
    struct renaming renaming = {.marks = marks,
                                .here = hash_u64(((uint64_t)state->context << 32) | state->block),
                                .epoch_before = state->epoch};
    renaming.epoch_now = state->epoch = rename_moment(marks, state->epoch, renaming.here);
    engine->renamed.len = 0;
    state->fill = changed(&renaming, state->fill, renamed_fill);
    if (!renaming.has_copies)
        return;
    if (engine->renamed.len)
        qsort(engine->renamed.data, engine->renamed.len, sizeof *engine->renamed.data, by_moment);
    state->fill = changed(&renaming, state->fill, renamed_copy);
}
