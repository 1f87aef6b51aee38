#include "engine/state/marks.h"

#include "engine/program/ahead.h"
#include "engine/program/liveness.h"
#include "engine/state/context.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
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

/* ---- memory ---- */

/* NULL: the path has left it. */
static const struct open_frame *find_frame(const struct marks *marks, context_id context)
{
    for (size_t i = 0; i < marks->frame_count; i++)
        if (marks->frames[i].context == context)
            return &marks->frames[i];
    return NULL;
}

bool marks_uses_temp(const struct marks *marks, uint64_t key)
{
    const struct open_frame *frame = find_frame(marks, (context_id)(key >> 32));
    if (!frame)
        return false;
    const struct program_function *function = context_function(marks->engine, frame->context);
    return live_has_value(frame->live, function->ir, function->flow, (uint32_t)key);
}

static const struct region *local_of(const struct marks *marks, value_id base)
{
    const struct value *value = value_at(&marks->engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return NULL;
    const struct region *region = region_at(&marks->engine->values, value->a);
    return region->kind == REGION_LOCAL ? region : NULL;
}

/* By its name, or by an address that the path has in hand: a reference, a pointer to the member. */
static bool is_mentioned_ahead(const struct marks *marks, value_id place)
{
    const uint32_t name = place_name(&marks->engine->values, place);
    return !name || place_is_hidden(&marks->engine->values, place) ||
           name_set_has(&marks->ahead, name) || marks_has(marks, place);
}

/* Does nothing give the symbol to the path any more? What memory held can be read again, as long as
 * it is the same and there is a way to it. */
static bool is_gone(const struct marks *marks, value_id symbol)
{
    uint32_t source;
    switch ((enum symbol_kind)symbol_of(&marks->engine->values, symbol)->kind) {
    case SYMBOL_PARAMETER:
    case SYMBOL_RESULT:
    case SYMBOL_STATUS:
    case SYMBOL_BLOCK:
    case SYMBOL_BUFFER:
    case SYMBOL_WIDENED:
        return true;
    case SYMBOL_CONTENT:
        source = map_get_u64(&marks->engine->made_of, symbol);
        return !moment_is_present(marks->engine, marks->state, symbol) ||
               (source != MAP_NONE &&
                (!is_mentioned_ahead(marks, source) || marks_mention_gone(marks, source)));
    case SYMBOL_UNINITIALISED:
        source = map_get_u64(&marks->engine->made_of, symbol);
        return source != MAP_NONE && marks_mention_gone(marks, source);
    default:
        return false;
    }
}

static bool terms_mention_gone(const struct marks *marks, uint32_t terms)
{
    const struct values *values = &marks->engine->values;
    for (const struct term *term = term_at(values, terms); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            if (marks_mention_gone(marks, m->atom))
                return true;
    return false;
}

/* Globals have names, and locals where the code ahead names them. The object of a member function
 * tells whether the same one recurs when it is called again. */
static bool has_no_name(const struct marks *marks, const struct region *local)
{
    const struct open_frame *frame = find_frame(marks, local->a);
    if (!frame)
        return true;
    const bool is_object =
        local->b == 0 && context_function(marks->engine, local->a)->ir->kind == IR_FUNCTION_METHOD;
    return !is_object && !live_has_local(frame->live, local->b);
}

static bool region_is_gone(const struct marks *marks, value_id address, region_id id)
{
    const struct region *region = region_at(&marks->engine->values, id);
    value_id offset;
    switch ((enum region_kind)region->kind) {
    case REGION_LOCAL:
        return has_no_name(marks, region) &&
               !marks_has(marks, value_base(&marks->engine->values, address, &offset));
    case REGION_POINTEE:
    case REGION_FIELD:
        return marks_mention_gone(marks, region->a);
    default:
        return false;
    }
}

static bool mentions_gone(const struct marks *marks, value_id id)
{
    struct value value = *value_at(&marks->engine->values, id);
    switch ((enum value_kind)value.kind) {
    case VALUE_INT:
        return terms_mention_gone(marks, value.a);
    case VALUE_SYMBOL:
        return is_gone(marks, id);
    case VALUE_ADDRESS:
        return region_is_gone(marks, id, value.a) || marks_mention_gone(marks, value.b);
    default:
        return marks_mention_gone(marks, value.a) || marks_mention_gone(marks, value.b);
    }
}

/* More marks make nothing gone that is present: that answer holds until fills go. A chain of
 * pointers that were read one from another is gone through once then, not once for each of its
 * members. */
bool marks_mention_gone(const struct marks *marks, value_id id)
{
    struct engine *engine = marks->engine;
    if (id == VALUE_NONE || marks_has(marks, id))
        return false;
    while (engine->present.len <= id)
        vec_push(engine->arena, &engine->present, 0);
    if (engine->present.data[id] == engine->presence)
        return false;
    if (mentions_gone(marks, id))
        return true;
    engine->present.data[id] = engine->presence;
    return false;
}

void marks_doubt_presence(const struct marks *marks)
{
    marks->engine->presence++;
}

static bool is_registered(const struct marks *marks, value_id base)
{
    struct pmap_iter iter = pmap_begin(marks->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(marks->engine, key)->block == base)
            return true;
    return false;
}

/* A variable that the code ahead does not name keeps nobody from losing a block, unless that is
 * registered: then it matters who knows it. A member of an object says under which name the
 * program knows what it points to. */
static bool tells_who_knows(const struct marks *marks, value_id cell, value_id base,
                            value_id content)
{
    value_id offset, block = value_base(&marks->engine->values, content, &offset);
    if (block == VALUE_NONE)
        return false;
    if (is_registered(marks, block))
        return true;
    const struct symbol *symbol = symbol_of(&marks->engine->values, block);
    return (cell != base || !local_of(marks, base)) && (!symbol || symbol->is_pointer) &&
           marks_has(marks, block);
}

/* A number, or what is not known to be anything else. */
static bool leads_nowhere(const struct marks *marks, value_id content)
{
    const struct value *value = value_at(&marks->engine->values, content);
    const struct symbol *symbol = symbol_of(&marks->engine->values, content);
    return symbol ? !symbol->is_pointer
                  : value->kind == VALUE_INT || value->kind == VALUE_COMPARISON;
}

static bool keeps_cell(const struct marks *marks, value_id cell, value_id content)
{
    value_id offset, base = value_base(&marks->engine->values, cell, &offset);
    bool is_read = is_mentioned_ahead(marks, cell) || !leads_nowhere(marks, content);
    return (is_read && !marks_mention_gone(marks, base)) ||
           pmap_get(marks->state->statuses, content, NULL) ||
           tells_who_knows(marks, cell, base, content);
}

/* A second read would give the same: where it is not remembered it need not be kept. */
static bool is_read_again(const struct marks *marks, value_id cell, value_id content)
{
    return !marks_has(marks, content) &&
           memory_is_as_unwritten(marks->engine, marks->state, cell, content);
}

/* What a cell was kept for stays marked: it is kept for good. */
bool marks_drop_cell(const struct marks *marks, const struct held_cell *held)
{
    return held->fate != CELL_KEPT && (!keeps_cell(marks, held->cell, held->content) ||
                                       is_read_again(marks, held->cell, held->content));
}

static void hold_cells(struct marks *marks)
{
    struct engine *engine = marks->engine;
    engine->held_cells.len = 0;
    struct pmap_iter iter = pmap_begin(marks->state->store);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);) {
        struct held_cell held = {(value_id)key, (value_id)value, CELL_OPEN};
        vec_push(engine->arena, &engine->held_cells, held);
    }
}

static void add_cells(struct marks *marks)
{
    for (size_t i = 0; i < marks->engine->held_cells.len; i++) {
        struct held_cell *held = &marks->engine->held_cells.data[i];
        if (held->fate != CELL_OPEN)
            continue;
        if (marks_has(marks, held->content) && marks_has(marks, held->cell)) {
            held->fate = CELL_MARKED;
        } else if (!marks_drop_cell(marks, held)) {
            held->fate = CELL_KEPT;
            marks_add(marks, held->cell);
            marks_add(marks, held->content);
        }
    }
}

/* Are these facts about memory that was read from a place, and could be read again? */
static bool is_found_memory(const struct marks *marks, value_id base, const struct block *block)
{
    const struct symbol *symbol = symbol_of(&marks->engine->values, base);
    return symbol && symbol->kind == SYMBOL_CONTENT && !(block->flags & BLOCK_UNDONE) &&
           !marks_has(marks, base);
}

static void hold_blocks(struct marks *marks)
{
    struct engine *engine = marks->engine;
    engine->held_blocks.len = 0;
    struct pmap_iter iter = pmap_begin(marks->state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct held_block held = {(value_id)key, (uint32_t)number, false};
        vec_push(engine->arena, &engine->held_blocks, held);
    }
}

static void add_block(struct marks *marks, value_id base, const struct block *block)
{
    const value_id values[] = {base,
                               block->size,
                               block->status,
                               block->unregistered,
                               block->failed,
                               block->failed_status,
                               block->owner,
                               block->moved_from,
                               block->unregister_status};
    add_all(marks, values, sizeof values / sizeof values[0]);
}

/* A block that is in reach may lead to others. */
static void add_blocks(struct marks *marks)
{
    const struct engine *engine = marks->engine;
    for (size_t i = 0; i < engine->held_blocks.len; i++) {
        struct held_block *held = &engine->held_blocks.data[i];
        const struct block *block = table_at(&engine->blocks, held->number);
        if (held->is_kept || marks_mention_gone(marks, held->base) ||
            (marks->through_sources && is_found_memory(marks, held->base, block)))
            continue;
        held->is_kept = true;
        add_block(marks, held->base, block);
    }
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
        add_cells(marks);
        add_blocks(marks);
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
    marks_doubt_presence(marks);
    open_frames(marks);
    add_temps(marks);
    add_statuses(marks);
    add_registrations(marks);
}

/* What is looked through again and again until nothing new is marked. */
static void hold(struct marks *marks)
{
    hold_cells(marks);
    hold_blocks(marks);
}

void marks_make(struct marks *marks, struct engine *engine, const struct state *state)
{
    *marks = (struct marks){.engine = engine, .state = state};
    add_roots(marks);
    hold(marks);
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
    hold(marks);
    marks_spread(marks);
    marks->state = state;
}
