#include "engine/state/marks.h"

#include "engine/program/ahead.h"
#include "engine/program/liveness.h"
#include "engine/state/context.h"
#include "engine/state/fills.h"
#include "engine/state/held.h"
#include "engine/state/registrations.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

bool marks_has(const struct marks *marks, value_id value)
{
    const struct engine *engine = marks->engine;
    return value < engine->marks.len && engine->marks.data[value] == engine->mark;
}

bool marks_has_moment(const struct marks *marks, uint32_t name)
{
    for (size_t i = 0; i < marks->moment_count; i++)
        if (marks->moments[i] == name)
            return true;
    return marks->too_many_moments;
}

static void add_moment(struct marks *marks, value_id symbol)
{
    uint32_t name = map_get_u64(&marks->engine->moments, symbol);
    if (name == MAP_NONE || marks_has_moment(marks, name))
        return;
    if (marks->moment_count == MAX_MOMENTS)
        marks->too_many_moments = true;
    else
        marks->moments[marks->moment_count++] = name;
}

/* ---- values ---- */

static void add_symbol(struct marks *marks, value_id symbol)
{
    const struct engine *engine = marks->engine;
    add_moment(marks, symbol);
    name_set_add(&marks->held, gate_name_of_symbol(engine, symbol));
    uint32_t source =
        marks->through_sources ? map_get_u64(&engine->made_of, symbol) : (uint32_t)MAP_NONE;
    if (source != MAP_NONE)
        marks_add(marks, source);
}

static void add_terms(struct marks *marks, uint32_t terms)
{
    const struct values *values = &marks->engine->values;
    for (const struct term *term = term_at(values, terms); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            marks_add(marks, m->atom);
}

static void add_address(struct marks *marks, value_id address, struct value value)
{
    struct values *values = &marks->engine->values;
    struct region region = *region_at(values, value.a);
    value_id offset;
    if (region.kind == REGION_POINTEE || region.kind == REGION_FIELD)
        marks_add(marks, region.a);
    else if (value.b != 0)
        marks_add(marks, value_base(values, address, &offset));
    marks_add(marks, value.b);
}

void marks_add(struct marks *marks, value_id value)
{
    struct engine *engine = marks->engine;
    if (value == VALUE_NONE || marks_has(marks, value))
        return;
    while (engine->marks.len <= value)
        vec_push(engine->arena, &engine->marks, 0);
    engine->marks.data[value] = engine->mark;
    marks->count++;
    engine->gone++;
    struct value v = *value_at(&engine->values, value);
    if (v.kind == VALUE_INT) {
        add_terms(marks, v.a);
    } else if (v.kind == VALUE_SYMBOL) {
        add_symbol(marks, value);
    } else if (v.kind == VALUE_ADDRESS) {
        add_address(marks, value, v);
    } else {
        marks_add(marks, v.a);
        marks_add(marks, v.b);
    }
}

static void add_all(struct marks *marks, const value_id *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        marks_add(marks, values[i]);
}

static void add_registrations(struct marks *marks)
{
    struct pmap_iter iter = pmap_begin(marks->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        const struct registration record = *registration_at(marks->engine, key);
        const value_id values[] = {record.address, record.size, record.flags, record.block,
                                   record.status};
        add_all(marks, values, sizeof values / sizeof values[0]);
    }
}

static void add_statuses(struct marks *marks)
{
    struct pmap_iter iter = pmap_begin(marks->state->statuses);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        marks_add(marks, (value_id)key);
    if (marks->state->capture)
        marks_add(marks, marks->state->capture_status);
}

/* ---- questions ---- */

bool marks_can_ask(const struct marks *marks, value_id answer)
{
    uint32_t known = map_get_u64(&marks->engine->question_of, answer);
    if (known == MAP_NONE)
        return true;
    const struct question_values *passed = &marks->engine->questions.data[known];
    for (size_t i = 0; i < passed->count; i++)
        if (marks_mention_gone(marks, passed->values[i]))
            return false;
    return true;
}

static void add_answers(struct marks *marks)
{
    struct pmap_iter iter = pmap_begin(marks->state->asked);
    for (uint64_t question, asked; pmap_next(&iter, &question, &asked);)
        if (marks_can_ask(marks, (value_id)asked))
            marks_add(marks, (value_id)asked);
}

/* What a copy was made of it still shows, where nothing was written to it since. */
static void add_originals(struct marks *marks)
{
    struct pmap_iter iter = pmap_begin(marks->state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        const value_id source = fill_source(marks->engine, fill);
        if (source != VALUE_NONE && !marks_mention_gone(marks, fill_object(key)))
            marks_add(marks, source);
    }
}

void marks_spread(struct marks *marks)
{
    size_t before;
    do {
        before = marks->count;
        held_mark(marks);
        add_answers(marks);
        add_originals(marks);
    } while (marks->count != before);
}

bool marks_know_name(const struct marks *marks, uint32_t name)
{
    return !name || name_set_has(&marks->ahead, name) || name_set_has(&marks->held, name);
}

static void open_frames(struct marks *marks)
{
    const struct engine *engine = marks->engine;
    const struct state *state = marks->state;
    const struct program_function *here = context_function(engine, state->context);
    live_set live = live_at(here->ir, here->flow, state->block);
    marks->ahead = *ahead_at(here->ir, here->flow, state->block);
    for (context_id context = state->context;;) {
        marks->frames[marks->frame_count++] = (struct open_frame){context, live};
        const struct context *frame = context_at(engine, context);
        if (frame->parent == CONTEXT_NONE)
            return;
        here = context_function(engine, frame->parent);
        live = live_behind(here->ir, here->flow, frame->call_op);
        name_set_unite(&marks->ahead,
                       ahead_at(here->ir, here->flow, here->flow->block_of[frame->call_op]));
        context = frame->parent;
    }
}

/* The values of operations that the code ahead uses. */
static void add_temps(struct marks *marks)
{
    struct pmap_iter iter = pmap_begin(marks->state->temps);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (marks_uses_temp(marks, key))
            marks_add(marks, (value_id)value);
}

static void add_roots(struct marks *marks)
{
    marks->engine->mark++;
    marks->engine->gone++;
    marks_doubt_presence(marks);
    open_frames(marks);
    add_temps(marks);
    add_statuses(marks);
    add_registrations(marks);
}

void marks_make(struct marks *marks, struct engine *engine, const struct state *state)
{
    *marks = (struct marks){.engine = engine, .state = state};
    add_roots(marks);
    held_begin(marks);
    marks_spread(marks);
}

void marks_make_for_renaming(struct marks *marks, struct engine *engine, const struct state *state,
                             pmap changing)
{
    struct state kept = *state;
    *marks = (struct marks){.engine = engine, .state = &kept, .through_sources = true};
    add_roots(marks);
    struct pmap_iter iter = pmap_begin(changing);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        marks_add(marks, (value_id)cell);
        kept.store = pmap_remove(engine->arena, kept.store, cell);
    }
    held_begin(marks);
    marks_spread(marks);
    marks->state = state;
}
