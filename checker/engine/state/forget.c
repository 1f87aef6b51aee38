/* What a path cannot come by any more is dropped, so that paths which differ in nothing else become
 * one: else every checked call, every "if (a()) b();", every loop would double their number. */
#include "engine/state/forget.h"

#include "engine/state/fills.h"
#include "engine/state/marks.h"
#include "engine/state/memory.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

static void drop_temps(const struct marks *marks, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->temps);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (!marks_uses_temp(marks, key))
            state->temps = pmap_remove(marks->engine->arena, state->temps, key);
}

/* ---- what was assumed about values ---- */

static void drop_ranges(const struct marks *marks, struct state *state)
{
    struct arena *arena = marks->engine->arena;
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        if (!marks_mention_gone(marks, (value_id)key))
            continue;
        state->past = pmap_set(arena, state->past, key, number);
        state->ranges = pmap_remove(arena, state->ranges, key);
    }
}

static void mark_ranges(struct marks *marks, const struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        marks_add(marks, (value_id)key);
}

/* ---- memory ---- */

static void drop_cells(const struct marks *marks, struct state *state)
{
    struct engine *engine = marks->engine;
    pmap store = state->store;
    for (size_t i = 0; i < engine->held_cells.len; i++)
        if (marks_drop_cell(marks, &engine->held_cells.data[i]))
            store = pmap_remove(engine->arena, store, engine->held_cells.data[i].cell);
    state->store = store;
}

static void drop_blocks(const struct marks *marks, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block *block = table_at(&marks->engine->blocks, (uint32_t)number);
        if (!(block->flags & BLOCK_UNDONE) && marks_mention_gone(marks, (value_id)key))
            state->blocks = pmap_remove(marks->engine->arena, state->blocks, key);
    }
}

static void drop_fills(const struct marks *marks, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id offset, base = value_base(&marks->engine->values, fill_object(key), &offset);
        value_id source = fill_source(marks->engine, fill);
        if (marks_mention_gone(marks, base))
            state->fill = pmap_remove(marks->engine->arena, state->fill, key);
        else if (source != VALUE_NONE && marks_mention_gone(marks, source))
            state->fill = pmap_set(marks->engine->arena, state->fill, key,
                                   fill_unknown(fill_moment(marks->engine, fill), key));
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

static void drop_answers(const struct marks *marks, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->asked);
    for (uint64_t question, asked; pmap_next(&iter, &question, &asked);)
        if (!marks_can_ask(marks, (value_id)asked))
            state->asked = pmap_remove(marks->engine->arena, state->asked, question);
}

size_t forget_out_of_reach(struct engine *engine, struct state *state)
{
    struct marks marks;
    marks_make(&marks, engine, state);
    drop_temps(&marks, state);
    drop_ranges(&marks, state);
    mark_ranges(&marks, state);
    marks_spread(&marks);
    drop_cells(&marks, state);
    drop_blocks(&marks, state);
    drop_fills(&marks, state);
    gates_forget(engine, state, &(struct gone){{is_gone}, &marks}.lost);
    drop_answers(&marks, state);
    moments_rename(&marks, state);
    return marks.count;
}
