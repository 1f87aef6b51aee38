/* Contents that nobody knows are told apart by the moment since when they are unknown. Where the
 * path still says something of what was read since that moment, the moment matters. Else it does
 * not, and paths which differ in nothing else become one: without that, every call out of sight
 * that only one of two branches makes would double the paths behind them. */
#include "engine/internal.h"

enum { MAX_MOMENTS = 64 }; /* that a path remembers something of; more: all are kept */

struct memories {
    struct engine *engine;
    const struct state *state;
    uint32_t moments[MAX_MOMENTS];
    size_t count;
    bool too_many;
};

static uint32_t name_of(uint64_t moment)
{
    return (uint32_t)hash_u64(moment) >> 1; /* never MAP_NONE */
}

void moment_note(struct engine *engine, value_id content, uint64_t moment)
{
    map_set_u64(&engine->moments, content, name_of(moment));
}

void moment_note_same(struct engine *engine, value_id content, value_id as)
{
    uint32_t name = map_get_u64(&engine->moments, as);
    if (name != MAP_NONE)
        map_set_u64(&engine->moments, content, name);
}

static bool is_remembered(const struct memories *memories, uint32_t name)
{
    for (size_t i = 0; i < memories->count; i++)
        if (memories->moments[i] == name)
            return true;
    return memories->too_many;
}

static void remember_moment(struct memories *memories, value_id symbol)
{
    uint32_t name = map_get_u64(&memories->engine->moments, symbol);
    if (name == MAP_NONE || is_remembered(memories, name))
        return;
    if (memories->count == MAX_MOMENTS)
        memories->too_many = true;
    else
        memories->moments[memories->count++] = name;
}

static bool is_marked(const struct engine *engine, value_id value)
{
    return value < engine->marks.len && engine->marks.data[value] == engine->mark;
}

static void mark(struct memories *memories, value_id value);

static void mark_terms(struct memories *memories, uint32_t terms)
{
    const struct values *values = &memories->engine->values;
    for (const struct term *term = term_at(values, terms); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            mark(memories, m->atom);
}

/* The value and all that it is made of are remembered. */
static void mark(struct memories *memories, value_id value)
{
    struct engine *engine = memories->engine;
    if (value == VALUE_NONE || is_marked(engine, value))
        return;
    while (engine->marks.len <= value)
        vec_push(engine->arena, &engine->marks, 0);
    engine->marks.data[value] = engine->mark;
    struct value v = *value_at(&engine->values, value);
    if (v.kind == VALUE_INT) {
        mark_terms(memories, v.a);
    } else if (v.kind == VALUE_SYMBOL) {
        remember_moment(memories, value);
    } else if (v.kind == VALUE_ADDRESS) {
        struct region region = *region_at(&engine->values, v.a);
        if (region.kind == REGION_POINTEE || region.kind == REGION_FIELD)
            mark(memories, region.a);
        mark(memories, v.b);
    } else {
        mark(memories, v.a);
        mark(memories, v.b);
    }
}

static void mark_contents(struct memories *memories, pmap map)
{
    struct pmap_iter iter = pmap_begin(map);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);)
        mark(memories, (value_id)content);
}

static void mark_keys(struct memories *memories, pmap map)
{
    struct pmap_iter iter = pmap_begin(map);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);)
        mark(memories, (value_id)key);
}

static void mark_all(struct memories *memories, const value_id *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mark(memories, values[i]);
}

static bool is_open_frame(const struct engine *engine, const struct state *state, context_id frame)
{
    for (context_id context = state->context; context != CONTEXT_NONE;
         context = context_at(engine, context)->parent)
        if (context == frame)
            return true;
    return false;
}

/* Can no operation come by the object but through an address that the path has? What memory held
 * can be read again, parameters and globals have names. */
static bool needs_address(const struct memories *memories, value_id base)
{
    const struct engine *engine = memories->engine;
    const struct value *value = value_at(&engine->values, base);
    if (value->kind == VALUE_ADDRESS) {
        const struct region *region = region_at(&engine->values, value->a);
        return region->kind == REGION_LOCAL && !is_open_frame(engine, memories->state, region->a);
    }
    const struct symbol *symbol = symbol_of(&engine->values, base);
    return symbol && (symbol->kind == SYMBOL_BLOCK || symbol->kind == SYMBOL_BUFFER ||
                      symbol->kind == SYMBOL_RESULT);
}

static bool is_out_of_reach(const struct memories *memories, value_id base)
{
    return needs_address(memories, base) && !is_marked(memories->engine, base);
}

/* A block that is in reach may lead to others. */
static void mark_blocks(struct memories *memories)
{
    const struct engine *engine = memories->engine;
    struct pmap_iter iter = pmap_begin(memories->state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const struct block b = *(const struct block *)table_at(&engine->blocks, (uint32_t)number);
        const value_id values[] = {(value_id)key,  b.size,       b.status,
                                   b.unregistered, b.failed,     b.failed_status,
                                   b.owner,        b.moved_from, b.unregister_status};
        if (!is_out_of_reach(memories, (value_id)key))
            mark_all(memories, values, sizeof values / sizeof values[0]);
    }
}

static void mark_registrations(struct memories *memories)
{
    struct pmap_iter iter = pmap_begin(memories->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        const struct registration record = *registration_at(memories->engine, key);
        const value_id values[] = {record.address, record.size, record.flags, record.block,
                                   record.status};
        mark_all(memories, values, sizeof values / sizeof values[0]);
    }
}

/* A remembered read also says where it was read. */
static void mark_ways(struct memories *memories)
{
    struct pmap_iter iter = pmap_begin(memories->state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);)
        if (is_marked(memories->engine, (value_id)content))
            mark(memories, (value_id)key);
}

/* What is not a cell that could be read again as it is. */
static void mark_state(struct memories *memories)
{
    const struct state *state = memories->state;
    mark_keys(memories, state->ranges);
    mark_keys(memories, state->statuses);
    mark_contents(memories, state->temps);
    mark_contents(memories, state->asked);
    mark_registrations(memories);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        if (memory_is_as_unwritten(memories->engine, state, (value_id)key, (value_id)content))
            continue;
        mark(memories, (value_id)key);
        mark(memories, (value_id)content);
    }
    mark_blocks(memories);
    mark_ways(memories);
    mark_blocks(memories); /* realloc's old block, a container's buffer: no longer chains */
}

/* A second read of such a cell would give the same again. */
static void drop_reads(struct memories *memories, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);)
        if (!is_marked(memories->engine, (value_id)content) &&
            memory_is_as_unwritten(memories->engine, state, (value_id)key, (value_id)content))
            state->store = pmap_remove(memories->engine->arena, state->store, key);
}

/* A moment that nothing remembers gets the name of the block that the path is at. */
static uint64_t rename_moment(const struct memories *memories, uint64_t moment, uint64_t place)
{
    bool kept = is_remembered(memories, name_of(moment)) || is_remembered(memories, name_of(place));
    return kept ? moment : place;
}

static void drop_blocks(const struct memories *memories, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);)
        if (is_out_of_reach(memories, (value_id)key))
            state->blocks = pmap_remove(memories->engine->arena, state->blocks, key);
}

static void rename_fills(const struct memories *memories, struct state *state, uint64_t here)
{
    struct engine *engine = memories->engine;
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id offset, base = value_base(&engine->values, memory_filled(key), &offset);
        if (base != VALUE_NONE && is_out_of_reach(memories, base)) {
            state->fill = pmap_remove(engine->arena, state->fill, key);
            continue;
        }
        if (memory_fill_is_zero(fill))
            continue;
        uint64_t now = rename_moment(memories, fill, hash_u64(here ^ key) | 2);
        if (now != fill)
            state->fill = pmap_set(engine->arena, state->fill, key, now);
    }
}

void moments_forget(struct engine *engine, struct state *state)
{
    struct memories memories = {.engine = engine, .state = state};
    uint64_t here = hash_u64(((uint64_t)state->context << 32) | state->block);
    engine->mark++;
    mark_state(&memories);
    drop_reads(&memories, state);
    drop_blocks(&memories, state);
    state->epoch = rename_moment(&memories, state->epoch, here);
    rename_fills(&memories, state, here);
}
