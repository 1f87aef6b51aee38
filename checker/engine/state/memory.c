/* What memory holds on a path. Cells are keyed by their address; what was never written is a
 * symbol made from the address, so that two reads of it agree. */
#include "engine/state/memory.h"

#include "engine/pairs/always_registered.h"
#include "engine/pairs/kept.h"
#include "engine/state/blocks.h"
#include "engine/state/constant_data.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/fills.h"
#include "engine/state/holders.h"
#include "engine/state/open_elements.h"
#include "engine/state/status.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/gates.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

static uint64_t origin_of(const struct unwritten *unwritten)
{
    return hash_pair(unwritten->place, unwritten->moment);
}

value_id memory_local(struct engine *engine, context_id context, ir_id local)
{
    return value_address(&engine->values,
                         region_make(&engine->values, REGION_LOCAL, context, local), 0);
}

value_id memory_of_global(struct engine *engine, const struct ir_global *global)
{
    uint32_t name = name_intern(&engine->values, program_global_key(global));
    return value_address(&engine->values, region_make(&engine->values, REGION_GLOBAL, name, 0), 0);
}

value_id memory_global(struct engine *engine, const struct ir_unit *unit, ir_id global)
{
    return memory_of_global(engine, &unit->globals.data[global]);
}

value_id memory_function_number(struct engine *engine, uint32_t number)
{
    return value_address(&engine->values, region_make(&engine->values, REGION_FUNCTION, number, 0),
                         0);
}

value_id memory_function(struct engine *engine, uint32_t unit, ir_id function)
{
    return memory_function_number(engine, program_number(&engine->program, unit, function));
}

value_id memory_string(struct engine *engine, const char *text)
{
    uint32_t name = name_intern(&engine->values, text);
    return value_address(&engine->values, region_make(&engine->values, REGION_STRING, name, 0), 0);
}

value_id symbol_new(struct engine *engine, enum symbol_kind kind, uint64_t origin,
                    const struct ir_unit *unit, ir_id type)
{
    struct symbol symbol = {.kind = kind, .origin = origin};
    if (unit && type != IR_NONE) {
        const struct ir_type *t = &unit->types.data[type];
        bool integral =
            t->kind == IR_TYPE_BOOL || t->kind == IR_TYPE_INT || t->kind == IR_TYPE_ENUM;
        if (t->kind == IR_TYPE_BOOL)
            symbol.bits = 1;
        else if (integral && t->size != IR_SIZE_UNKNOWN && t->size <= 8)
            symbol.bits = (uint32_t)t->size * 8;
        symbol.is_signed = integral && (t->is_signed || t->kind == IR_TYPE_ENUM);
        symbol.is_pointer = t->kind == IR_TYPE_POINTER || t->kind == IR_TYPE_REFERENCE ||
                            t->kind == IR_TYPE_ARRAY || t->kind == IR_TYPE_FUNCTION;
    }
    return value_symbol(&engine->values, symbol);
}

void symbol_note_source(struct engine *engine, value_id symbol, value_id source)
{
    if (symbol_of(&engine->values, symbol))
        map_set_u64(&engine->made_of, symbol, source);
}

value_id memory_found_at(const struct engine *engine, value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (!symbol || symbol->kind != SYMBOL_CONTENT)
        return VALUE_NONE;
    const uint32_t place = map_get_u64(&engine->made_of, content);
    return place == MAP_NONE ? VALUE_NONE : place;
}

uint32_t memory_region_kind(const struct engine *engine, value_id base)
{
    const struct value *value = value_at(&engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return REGION_POINTEE;
    return region_at(&engine->values, value->a)->kind;
}

/* All cells are made here. Most objects are scalars, with one cell at their base: which others
 * there are is noted, so that forgetting a scalar costs no walk over all of memory. */
static void set_cell(struct engine *engine, struct state *state, value_id address, value_id base,
                     value_id content)
{
    const struct value *place = value_at(&engine->values, address);
    if (place->kind == VALUE_ADDRESS && place->b != 0)
        map_set_u64(&engine->stretched, place->a, 1);
    if (base != address && base != VALUE_NONE)
        map_set_u64(&engine->divided, base, 1);
    open_elements_note(engine, address, base);
    state->store = pmap_set(engine->arena, state->store, address, content);
}

static bool is_divided(const struct engine *engine, value_id base)
{
    return map_get_u64(&engine->divided, base) != MAP_NONE;
}

bool memory_peek(const struct state *state, value_id address, value_id *value)
{
    uint64_t content;
    if (!pmap_get(state->store, address, &content))
        return false;
    *value = (value_id)content;
    return true;
}

value_id memory_load(struct engine *engine, struct state *state, value_id address,
                     const struct ir_unit *unit, ir_id type)
{
    value_id content, source = address;
    if (memory_peek(state, address, &content))
        return content;
    if (constant_load(engine, state, address, unit, type, &content))
        return content;
    value_id offset, base = value_base(&engine->values, address, &offset);
    struct unwritten unwritten = fill_unwritten(engine, state, address, base);
    uint64_t written = unwritten.kind == UNWRITTEN_UNKNOWN
                           ? 0
                           : open_elements_written(engine, state, address, base);
    if (written)
        unwritten = (struct unwritten){UNWRITTEN_UNKNOWN, address, written};
    switch (unwritten.kind) {
    case UNWRITTEN_ZERO:
        content = value_int(&engine->values, 0);
        break;
    case UNWRITTEN_UNINITIALISED:
        content = symbol_new(engine, SYMBOL_UNINITIALISED, hash_pair(address, 7), unit, type);
        break;
    case UNWRITTEN_UNKNOWN:
        if (unwritten.place == address ||
            !constant_load(engine, state, unwritten.place, unit, type, &content))
            content = symbol_new(engine, SYMBOL_CONTENT, origin_of(&unwritten), unit, type);
        moment_note(engine, content, unwritten.moment);
        source = unwritten.place;
        break;
    }
    symbol_note_source(engine, content, source);
    set_cell(engine, state, address, base, content);
    kept_found(engine, state, source, content);
    return content;
}

bool memory_is_as_unwritten(struct engine *engine, const struct state *state, value_id address,
                            value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (!symbol || symbol->kind != SYMBOL_CONTENT)
        return false;
    value_id offset, base = value_base(&engine->values, address, &offset);
    struct unwritten unwritten = fill_unwritten(engine, state, address, base);
    return symbol->origin == origin_of(&unwritten);
}

/* Writing through an address whose offset is not a number may hit any cell of the same object. */
static void forget_aliases(struct engine *engine, struct state *state, value_id address)
{
    struct value value = *value_at(&engine->values, address);
    if (value.kind != VALUE_ADDRESS)
        value = (struct value){.kind = VALUE_ADDRESS,
                               .a = region_make(&engine->values, REGION_POINTEE, address, 0)};
    bool number = value_is_int(&engine->values, value.b, NULL);
    if (value.b == 0 && map_get_u64(&engine->stretched, value.a) == MAP_NONE)
        return; /* its only cell */
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        const struct value *other = value_at(&engine->values, (value_id)key);
        if (key == address || other->kind != VALUE_ADDRESS || other->a != value.a)
            continue;
        if (number && value_is_int(&engine->values, other->b, NULL))
            continue;
        value_id distance = value_binary(&engine->values, IR_SUB, other->b, value.b);
        if (value_is_int(&engine->values, distance, NULL))
            continue; /* a[i] and a[i + 1] */
        state->store = pmap_remove(engine->arena, state->store, key);
        holders_lose_track(engine, state, (value_id)content);
    }
}

static bool is_found_pointer(const struct engine *engine, value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    return symbol && symbol->kind == SYMBOL_CONTENT && symbol->is_pointer;
}

/* A pointer that was found in two places, and tested to be the same, may have been found twice in
 * one: `while (*at != r) at = &(*at)->next;` of an r that a table had. What is written to one place
 * may then be in the other. */
static void forget_found_twice(struct engine *engine, struct state *state, value_id address,
                               value_id value)
{
    value_id found;
    if (!memory_peek(state, address, &found) || found == value || !is_found_pointer(engine, found))
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        if (content == found || !is_found_pointer(engine, (value_id)content) ||
            map_get_u64(&engine->made_of, (value_id)content) != cell ||
            decide(engine, state, compare(engine, IR_EQ, (value_id)content, found)) != TRUTH_TRUE)
            continue;
        state->store = pmap_remove(engine->arena, state->store, cell);
        fill_set(engine, state, (value_id)cell, false, fill_unknown(value, address));
        holders_lose_track(engine, state, (value_id)content);
    }
}

void memory_store(struct engine *engine, struct state *state, value_id address, value_id value)
{
    value_id offset, base = value_base(&engine->values, address, &offset);
    forget_found_twice(engine, state, address, value);
    status_overwritten(engine, state, address, value);
    gates_stored(engine, state, address, value);
    kept_stored(engine, state, address, value);
    always_stored(engine, state, address, value);
    if (base != VALUE_NONE && is_divided(engine, base))
        forget_aliases(engine, state, address);
    set_cell(engine, state, address, base, value);
    if (base == VALUE_NONE || memory_region_kind(engine, base) == REGION_LOCAL)
        return;
    status_look(engine, state, value); /* whoever owns that place may */
    answers_stored(engine, state, base, value);
    if (!block_is_private(engine, state, base))
        hand_on(engine, state, value);
}

/* Is the object of that size at the address only one element of what was allocated there? */
static bool is_one_of_many(struct engine *engine, const struct state *state, value_id address,
                           uint64_t size)
{
    struct block block;
    int64_t whole;
    value_id offset;
    if (!size || value_base(&engine->values, address, &offset) != address)
        return false;
    return block_describe(engine, state, address, &block) && block.size != VALUE_NONE &&
           (!value_is_int(&engine->values, block.size, &whole) || (uint64_t)whole > size);
}

static void remove_within(struct engine *engine, struct state *state, value_id address,
                          bool is_whole)
{
    value_id offset, base = value_base(&engine->values, address, &offset);
    if (base == VALUE_NONE || !is_divided(engine, base)) {
        state->store = pmap_remove(engine->arena, state->store, address);
        return;
    }
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        value_id cell = (value_id)key;
        bool inside = value_is_within(&engine->values, cell, address);
        if (!inside && is_whole && value_base(&engine->values, cell, &offset) == address)
            inside = true;
        if (inside)
            state->store = pmap_remove(engine->arena, state->store, key);
    }
}

void memory_renew(struct engine *engine, struct state *state, value_id address, uint64_t salt)
{
    fill_set(engine, state, address, true, fill_unknown(salt, address));
}

void memory_renew_part(struct engine *engine, struct state *state, value_id address, uint64_t salt)
{
    fill_set(engine, state, address, false, fill_unknown(hash_u64(salt), address));
}

void memory_loop_wrote(struct engine *engine, struct state *state, value_id cell, value_id content)
{
    int64_t number;
    if (!fill_is_zero_at(engine, state, cell) ||
        (value_is_int(&engine->values, content, &number) && number == 0))
        return;
    value_id array = VALUE_NONE, offset;
    region_id region;
    for (value_id at = cell; value_as_address(&engine->values, at, &region, &offset);) {
        if (!value_is_int(&engine->values, offset, &number) || number != 0 ||
            map_get_u64(&engine->indexed, region) != MAP_NONE)
            array = value_address(&engine->values, region, 0);
        const struct region *r = region_at(&engine->values, region);
        if (r->kind != REGION_FIELD)
            break;
        at = r->a;
    }
    if (array != VALUE_NONE)
        fill_set(engine, state, array, true, fill_unknown(state->epoch, array));
}

void memory_die(struct engine *engine, struct state *state, value_id address)
{
    remove_within(engine, state, address, true);
    fill_remove(engine, state, address);
}

void memory_forget(struct engine *engine, struct state *state, value_id address)
{
    remove_within(engine, state, address, true);
}

void memory_forget_part(struct engine *engine, struct state *state, value_id address)
{
    remove_within(engine, state, address, false);
}

void memory_copy(struct engine *engine, struct state *state, value_id to, value_id from,
                 uint64_t size)
{
    if (to == from)
        return;
    bool is_whole = !is_one_of_many(engine, state, to, size);
    uint64_t fill = fill_of_copy(engine, state, from);
    gates_written(engine, state, to);
    remove_within(engine, state, to, is_whole);
    fill_set(engine, state, to, is_whole, fill);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        if (!value_is_within(&engine->values, (value_id)key, from))
            continue;
        value_id moved = value_rebase(&engine->values, (value_id)key, from, to);
        if (moved != VALUE_NONE)
            memory_store(engine, state, moved, (value_id)content);
    }
}

/* The place in `to` that is where `address` is in `from`; VALUE_NONE: it is not in there. */
static value_id same_place_in(struct engine *engine, value_id address, value_id from, value_id to)
{
    region_id region;
    value_id offset;
    if (address == from)
        return to;
    if (!value_as_address(&engine->values, address, &region, &offset))
        return VALUE_NONE;
    const struct region inner = *region_at(&engine->values, region);
    if (value_address(&engine->values, region, 0) == from)
        return value_advance(&engine->values, to, offset);
    if (inner.kind != REGION_FIELD)
        return VALUE_NONE;
    value_id whole = same_place_in(engine, inner.a, from, to);
    if (whole == VALUE_NONE)
        return VALUE_NONE;
    return value_address(&engine->values,
                         region_make(&engine->values, REGION_FIELD, whole, inner.b), offset);
}

void memory_copy_block(struct engine *engine, struct state *state, value_id to, value_id from)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t key, content; pmap_next(&iter, &key, &content);) {
        value_id place = same_place_in(engine, (value_id)key, from, to);
        if (place != VALUE_NONE)
            memory_store(engine, state, place, (value_id)content);
    }
}

void memory_zero(struct engine *engine, struct state *state, value_id address, uint64_t size)
{
    bool is_whole = !is_one_of_many(engine, state, address, size);
    gates_written(engine, state, address);
    remove_within(engine, state, address, is_whole);
    fill_set(engine, state, address, is_whole, FILL_ZERO);
}

void memory_havoc(struct engine *engine, struct state *state, value_id address, uint64_t salt)
{
    remove_within(engine, state, address, true);
    memory_renew(engine, state, address, salt);
}

/* Does the cell lie in the object or array that the region is, at whatever offset? */
static bool is_in_region(const struct engine *engine, value_id cell, region_id region)
{
    const struct value *value = value_at(&engine->values, cell);
    while (value->kind == VALUE_ADDRESS && value->a != region) {
        const struct region *r = region_at(&engine->values, value->a);
        if (r->kind != REGION_FIELD)
            return false;
        value = value_at(&engine->values, r->a);
    }
    return value->kind == VALUE_ADDRESS;
}

void memory_overwrite(struct engine *engine, struct state *state, value_id address, uint64_t salt)
{
    region_id region;
    value_id offset;
    if (!value_as_address(&engine->values, address, &region, &offset))
        return;
    value_id array = value_address(&engine->values, region, 0);
    struct pmap_iter iter = pmap_begin(state->store);
    memory_havoc(engine, state, array, salt);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        if (cell != array && !is_in_region(engine, (value_id)cell, region))
            continue;
        state->store = pmap_remove(engine->arena, state->store, cell);
        holders_lose_track(engine, state, (value_id)content);
    }
}

void memory_enter_block(struct engine *engine, struct state *state)
{
    const struct flow *flow = context_function(engine, state->context)->flow;
    struct pmap_iter iter = pmap_begin(state->temps);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (key >> 32 == state->context && !flow->leaves_block[(uint32_t)key])
            state->temps = pmap_remove(engine->arena, state->temps, key);
}

static void leave_temps(struct engine *engine, struct state *state, context_id context)
{
    struct pmap_iter iter = pmap_begin(state->temps);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (key >> 32 == context)
            state->temps = pmap_remove(engine->arena, state->temps, key);
}

void memory_leave(struct engine *engine, struct state *state, context_id context, value_id result)
{
    const struct ir_function *function = context_function(engine, context)->ir;
    for (ir_id i = 0; i < function->locals.len; i++) {
        value_id address = memory_local(engine, context, i);
        status_overwritten(engine, state, address, result);
        remove_within(engine, state, address, true);
    }
    fill_leave(engine, state, context);
    leave_temps(engine, state, context);
}
