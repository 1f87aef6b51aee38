/* What a path cannot come by any more is dropped, so that paths which differ in nothing else become
 * one: else every checked call, every "if (a()) b();", every loop would double their number. */
#include "engine/state/forget.h"

#include "engine/pairs/always_registered.h"
#include "engine/state/fills.h"
#include "engine/state/held.h"
#include "engine/state/marks.h"
#include "engine/state/memory.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

#include <assert.h>

struct dropping {
    struct pmap_test test;
    const struct marks *marks;
    struct held_cell *next; /* of the cells, which come in the order of the store */
};

static const struct marks *marks_of(struct pmap_test *test)
{
    return ((struct dropping *)test)->marks;
}

static pmap keep(const struct marks *marks, pmap map,
                 bool (*passes)(struct pmap_test *test, uint64_t key, uint64_t value),
                 pmap *dropped)
{
    struct dropping dropping = {{passes}, marks, marks->engine->held_cells.data};
    return pmap_filter(marks->engine->arena, map, &dropping.test, dropped);
}

static bool is_used_temp(struct pmap_test *test, uint64_t key, uint64_t value)
{
    (void)value;
    return marks_uses_temp(marks_of(test), key);
}

/* ---- what was assumed about values ---- */

static bool is_open_range(struct pmap_test *test, uint64_t key, uint64_t number)
{
    (void)number;
    return !marks_mention_gone(marks_of(test), (value_id)key);
}

static void drop_ranges(const struct marks *marks, struct state *state)
{
    pmap gone;
    state->ranges = keep(marks, state->ranges, is_open_range, &gone);
    state->past = pmap_unite(marks->engine->arena, state->past, gone);
}

static void mark_ranges(struct marks *marks, const struct state *state)
{
    const size_t before = marks->count;
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        marks_add(marks, (value_id)key);
    if (marks->count != before)
        marks_spread(marks);
}

/* ---- memory ---- */

static bool is_kept_cell(struct pmap_test *test, uint64_t key, uint64_t value)
{
    struct dropping *dropping = (struct dropping *)test;
    struct held_cell *held = dropping->next++;
    assert(held->cell == key && held->content == value);
    (void)value;
    if (!held_drops_cell(dropping->marks, held))
        return true;
    always_forgotten(dropping->marks->engine, dropping->marks->state, (value_id)key);
    return false;
}

static bool is_reached_block(struct pmap_test *test, uint64_t key, uint64_t number)
{
    const struct marks *marks = marks_of(test);
    const struct block *block = table_at(&marks->engine->blocks, (uint32_t)number);
    if ((block->flags & BLOCK_UNDONE) || !marks_mention_gone(marks, (value_id)key))
        return true;
    if (block->flags & BLOCK_UNREGISTERED)
        always_block_forgotten(marks->engine, marks->state, (value_id)key);
    return false;
}

static void drop_fills(const struct marks *marks, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id offset, base = value_base(&marks->engine->values, fill_object(key), &offset);
        value_id source = fill_source(marks->engine, fill);
        pmap before = state->fill;
        if (marks_mention_gone(marks, base))
            state->fill = pmap_remove(marks->engine->arena, state->fill, key);
        else if (source != VALUE_NONE && marks_mention_gone(marks, source))
            state->fill = pmap_set(marks->engine->arena, state->fill, key,
                                   fill_unknown(fill_moment(marks->engine, fill), key));
        if (state->fill != before)
            marks_doubt_presence(marks);
    }
}

struct gone {
    struct gates_lost lost;
    const struct marks *marks;
};

static bool is_gone(const struct gates_lost *lost, value_id place, uint32_t name)
{
    const struct marks *marks = ((const struct gone *)lost)->marks;
    if (place != VALUE_NONE && marks_has(marks, place))
        return false; /* a reference, or a pointer to the member, can read it */
    return marks_mention_gone(marks, place) || !marks_know_name(marks, name);
}

static bool is_open_answer(struct pmap_test *test, uint64_t question, uint64_t asked)
{
    (void)question;
    return marks_can_ask(marks_of(test), (value_id)asked);
}

size_t forget_out_of_reach(struct engine *engine, struct state *state)
{
    struct marks marks;
    marks_make(&marks, engine, state);
    state->temps = keep(&marks, state->temps, is_used_temp, NULL);
    drop_ranges(&marks, state);
    mark_ranges(&marks, state);
    state->store = keep(&marks, state->store, is_kept_cell, NULL);
    state->blocks = keep(&marks, state->blocks, is_reached_block, NULL);
    drop_fills(&marks, state);
    gates_forget(engine, state, &(struct gone){{is_gone}, &marks}.lost);
    state->asked = keep(&marks, state->asked, is_open_answer, NULL);
    moments_rename(&marks, state);
    return marks.count;
}
