/* What the path found out before code out of sight ran. That may have changed whatever is shared
 * with it, and seldom does behind its user's back: not enough to decide anything by, but enough to
 * say nothing. A value is compared with what was said earlier by what it is called: which contents
 * of which places it is made of, whatever the moment since when they are unknown. */
#include "engine/unseen/earlier.h"

#include "engine/state/constraint.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/unseen/moments.h"
#include "engine/value/pmap.h"

/* Calls out of sight that are given an object are called for what they do to it: a size that was
 * tested before is another one now. */
static uint64_t given_key(uint32_t moment, value_id base)
{
    return hash_pair(moment, base);
}

void earlier_given(struct engine *engine, const struct state *state, value_id base, uint64_t salt)
{
    /* memory_havoc_all, which follows, begins another epoch */
    map_set_u64(&engine->given, given_key(moment_name(fill_unknown(salt, base)), base), 1);
    map_set_u64(&engine->given, given_key(moment_name(hash_pair(state->epoch, salt)), base), 1);
}

static bool was_given(struct engine *engine, value_id symbol, value_id place)
{
    value_id offset, base = value_base(&engine->values, place, &offset);
    uint32_t moment = map_get_u64(&engine->moments, symbol);
    return moment != MAP_NONE && map_get_u64(&engine->given, given_key(moment, base)) != MAP_NONE;
}

/* ---- names ---- */

struct naming {
    struct engine *engine;
    bool is_of_now;    /* what was given away last is what it is now */
    struct state *was; /* gets what is remembered of the places; or NULL */
    int depth;
};

/* operations of the engine's own, see value_opaque */
enum { OF_PLACE = 211, OF_SERIES = 212 };

static value_id named(struct naming *naming, value_id value);

static void add_range(struct engine *engine, struct state *was, value_id name, uint64_t number)
{
    uint64_t other;
    struct range range = *(const struct range *)table_at(&engine->ranges, (uint32_t)number);
    if (pmap_get(was->ranges, name, &other))
        range = range_intersection(
            range, (const struct range *)table_at(&engine->ranges, (uint32_t)other));
    was->ranges = pmap_set(engine->arena, was->ranges, name, table_intern(&engine->ranges, &range));
}

/* Where that was read from which nobody knows what it is, or what it is in any turn of a loop;
 * MAP_NONE: nowhere. */
static uint32_t place_read(const struct engine *engine, value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    if (!symbol || (symbol->kind != SYMBOL_CONTENT && symbol->kind != SYMBOL_WIDENED))
        return (uint32_t)MAP_NONE;
    return map_get_u64(symbol->kind == SYMBOL_CONTENT ? &engine->made_of : &engine->read_in_turns,
                       content);
}

static value_id named_symbol(struct naming *naming, value_id value)
{
    struct engine *engine = naming->engine;
    struct symbol symbol = *symbol_of(&engine->values, value);
    uint32_t place = place_read(engine, value);
    if (place == MAP_NONE || (naming->is_of_now && was_given(engine, value, place)))
        return value;
    const value_id called = named(naming, place);
    symbol.kind = SYMBOL_CONTENT;
    symbol.origin = hash_pair(called, ~(uint64_t)0);
    const value_id name = value_symbol(&engine->values, symbol);
    symbol_note_source(engine, name, called); /* what depends on a loop's counter goes with it */
    uint64_t number;
    if (naming->was &&
        pmap_get(naming->was->past, value_opaque(&engine->values, OF_PLACE, called, VALUE_NONE),
                 &number))
        add_range(engine, naming->was, name, number);
    return name;
}

static value_id named_terms(struct naming *naming, struct value value)
{
    struct values *values = &naming->engine->values;
    value_id sum = value_int(values, value.number);
    for (uint32_t next = value.a; next;) {
        const struct term term = *term_at(values, next);
        value_id product = value_int(values, term.coefficient);
        for (uint32_t m = term.monomial; m;) {
            const struct monomial factor = *monomial_at(values, m);
            product = value_binary(values, IR_MUL, product, named(naming, factor.atom));
            m = factor.next;
        }
        sum = value_binary(values, IR_ADD, sum, product);
        next = term.next;
    }
    return sum;
}

static value_id named_address(struct naming *naming, struct value value)
{
    struct values *values = &naming->engine->values;
    const struct region region = *region_at(values, value.a);
    region_id renamed = value.a;
    if (region.kind == REGION_POINTEE || region.kind == REGION_FIELD)
        renamed = region_make(values, region.kind, named(naming, region.a), region.b);
    return value_address(values, renamed, named(naming, value.b));
}

static value_id named(struct naming *naming, value_id id)
{
    struct values *values = &naming->engine->values;
    const struct value value = *value_at(values, id);
    value_id result = id;
    if (naming->depth == MAX_DEPTH)
        return id;
    naming->depth++;
    switch ((enum value_kind)value.kind) {
    case VALUE_INT:
        result = value.a ? named_terms(naming, value) : id;
        break;
    case VALUE_SYMBOL:
        result = named_symbol(naming, id);
        break;
    case VALUE_ADDRESS:
        result = named_address(naming, value);
        break;
    case VALUE_OPERATION:
        result = value_opaque(values, value.sub, named(naming, value.a),
                              value.b == VALUE_NONE ? VALUE_NONE : named(naming, value.b));
        break;
    case VALUE_COMPARISON:
        result = compare(naming->engine, value.sub, named(naming, value.a), named(naming, value.b));
        break;
    }
    naming->depth--;
    return result;
}

void earlier_widened(struct engine *engine, value_id widened, value_id place, value_id before,
                     value_id now)
{
    const bool is_same = place_read(engine, before) == place && place_read(engine, now) == place &&
                         !was_given(engine, now, place);
    map_set_u64(&engine->read_in_turns, widened, is_same ? place : (uint32_t)MAP_NONE);
}

/* ---- what was said ---- */

enum { MAX_PARTS = 32 };

/* What a condition is made of. What was said of anything else cannot decide it. */
struct parts {
    const struct values *values;
    value_id list[MAX_PARTS]; /* all but integers, whose terms stand for them */
    size_t count;
    bool too_many; /* then anything may be one */
};

static bool parts_have(const struct parts *parts, value_id value)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->list[i] == value)
            return true;
    return parts->too_many;
}

static void add_part(struct parts *parts, value_id id)
{
    const struct values *values = parts->values;
    if (id == VALUE_NONE || parts_have(parts, id))
        return;
    const struct value *value = value_at(values, id);
    if (value->kind == VALUE_INT) {
        for (const struct term *t = term_at(values, value->a); t; t = term_at(values, t->next))
            for (const struct monomial *m = monomial_at(values, t->monomial); m;
                 m = monomial_at(values, m->next))
                add_part(parts, m->atom);
        return;
    }
    parts->too_many |= parts->count == MAX_PARTS;
    if (parts->too_many)
        return;
    parts->list[parts->count++] = id;
    if (value->kind == VALUE_OPERATION || value->kind == VALUE_COMPARISON) {
        add_part(parts, value->a);
        add_part(parts, value->b);
    }
}

/* Is the value made of these parts alone? */
static bool is_of_parts(const struct parts *parts, value_id id)
{
    const struct values *values = parts->values;
    if (id == VALUE_NONE || parts_have(parts, id))
        return true;
    const struct value *value = value_at(values, id);
    if (value->kind == VALUE_OPERATION || value->kind == VALUE_COMPARISON)
        return is_of_parts(parts, value->a) && is_of_parts(parts, value->b);
    if (value->kind != VALUE_INT)
        return false;
    for (const struct term *t = term_at(values, value->a); t; t = term_at(values, t->next))
        for (const struct monomial *m = monomial_at(values, t->monomial); m;
             m = monomial_at(values, m->next))
            if (!is_of_parts(parts, m->atom))
                return false;
    return true;
}

/* A path asks for the same ones at each of its branches. */
static value_id name_then(struct engine *engine, value_id value)
{
    value_id name = map_get_u64(&engine->called, value);
    if (name != MAP_NONE)
        return name;
    struct naming naming = {.engine = engine};
    name = named(&naming, value);
    map_set_u64(&engine->called, value, name);
    return name;
}

static void add_ranges(struct engine *engine, struct state *was, const struct parts *parts,
                       pmap ranges)
{
    struct pmap_iter iter = pmap_begin(ranges);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        const value_id name = name_then(engine, (value_id)key);
        if (name != key && is_of_parts(parts, name))
            add_range(engine, was, name, number);
    }
}

void earlier_held(struct engine *engine, struct state *state, value_id place, value_id content)
{
    int64_t number;
    if (!value_is_int(&engine->values, content, &number) || number == 0)
        return;
    struct naming naming = {.engine = engine};
    struct range range = range_between(number, number);
    value_id key = value_opaque(&engine->values, OF_PLACE, named(&naming, place), VALUE_NONE);
    state->past = pmap_set(engine->arena, state->past, key, table_intern(&engine->ranges, &range));
}

value_id earlier_name(struct engine *engine, value_id value)
{
    struct naming naming = {.engine = engine, .is_of_now = true};
    return named(&naming, value);
}

bool earlier_are_one(struct engine *engine, value_id a, value_id b)
{
    return name_then(engine, a) == name_then(engine, b);
}

/* What the path has said so far of what the value is made of, by names. `*name`: the value's. */
static struct state as_named(struct engine *engine, const struct state *state, value_id value,
                             value_id *name)
{
    struct state was = *state;
    struct naming naming = {.engine = engine, .is_of_now = true, .was = &was};
    *name = named(&naming, value);
    struct parts parts = {.values = &engine->values};
    add_part(&parts, *name);
    add_ranges(engine, &was, &parts, state->past);
    add_ranges(engine, &was, &parts, state->ranges);
    return was;
}

/* ---- numbers in arrays ---- */

/* Elements of an array, or the same member of them. */
static value_id series_of(struct engine *engine, value_id place, value_id base)
{
    const int64_t member = value_last_member(&engine->values, place);
    return value_opaque(&engine->values, OF_SERIES, base, value_int(&engine->values, member));
}

enum { SEVERAL = 0 }; /* no place */

/* The path remembers where in the series numbers lay. */
static void note_series(struct engine *engine, struct state *state, value_id series, value_id place)
{
    uint64_t number;
    struct range range = range_between(place, place);
    if (pmap_get(state->past, series, &number) &&
        !range_is_one((const struct range *)table_at(&engine->ranges, (uint32_t)number), place))
        range = range_between(SEVERAL, SEVERAL);
    state->past =
        pmap_set(engine->arena, state->past, series, table_intern(&engine->ranges, &range));
}

/* Who leads to the array may lead to another one then, with numbers that lay in this one. */
static void note_holders(struct engine *engine, struct state *state, value_id base)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (content == base)
            note_series(engine, state, series_of(engine, (value_id)cell, (value_id)cell), SEVERAL);
}

void earlier_rewritten(struct engine *engine, struct state *state, value_id base)
{
    note_series(engine, state, series_of(engine, base, base), SEVERAL);
}

void earlier_gave_numbers(struct engine *engine, struct state *state, value_id base)
{
    bool has_some = false;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id offset;
        if (value_base(&engine->values, (value_id)cell, &offset) != base ||
            !value_is_number(&engine->values, (value_id)content) ||
            decide(engine, state, (value_id)content) == TRUTH_FALSE)
            continue;
        note_series(engine, state, series_of(engine, (value_id)cell, base), (value_id)cell);
        has_some = true;
    }
    if (has_some)
        note_holders(engine, state, base);
}

/* Did numbers of the series, of those in the array at `base`, lie elsewhere than at the place? */
static bool has_others(struct engine *engine, const struct state *state, value_id place,
                       value_id base)
{
    uint64_t number;
    return pmap_get(state->past, series_of(engine, place, base), &number) &&
           !range_is_one((const struct range *)table_at(&engine->ranges, (uint32_t)number), place);
}

bool earlier_may_be_rewritten(struct engine *engine, const struct state *state, value_id content)
{
    const struct symbol *symbol = symbol_of(&engine->values, content);
    const value_id place = memory_found_at(engine, content);
    value_id offset;
    if (place == VALUE_NONE || symbol->is_pointer || !state->past)
        return false;
    const value_id base = value_base(&engine->values, place, &offset);
    const uint32_t holder =
        base == VALUE_NONE ? (uint32_t)MAP_NONE : map_get_u64(&engine->made_of, base);
    return base != VALUE_NONE &&
           (has_others(engine, state, place, base) ||
            (holder != MAP_NONE && has_others(engine, state, holder, holder)));
}

bool earlier_was_told(struct engine *engine, const struct state *state, value_id value)
{
    value_id name = earlier_name(engine, value);
    if (name == value)
        return false;
    const struct state was = as_named(engine, state, value, &name);
    struct range range = range_of(engine, &was, name);
    return !range_contains(&range, 0) || range.low == range.high;
}

/* In one turn of a loop it was this, in another that. */
static bool said_both(const struct engine *engine, const struct state *was)
{
    struct pmap_iter iter = pmap_begin(was->ranges);
    for (uint64_t name, number; pmap_next(&iter, &name, &number);)
        if (range_is_empty((const struct range *)table_at(&engine->ranges, (uint32_t)number)))
            return true;
    return false;
}

/* What the path said of the condition then. */
enum said { SAID_NOTHING, SAID_FALSE, SAID_TRUE, SAID_BOTH };

static enum said was_said(struct engine *engine, const struct state *state, value_id condition)
{
    static const enum said of[] = {
        [TRUTH_FALSE] = SAID_FALSE, [TRUTH_TRUE] = SAID_TRUE, [TRUTH_UNKNOWN] = SAID_NOTHING};
    value_id name = condition == VALUE_NONE ? condition : earlier_name(engine, condition);
    if (name == condition)
        return SAID_NOTHING;
    const struct state was = as_named(engine, state, condition, &name);
    return said_both(engine, &was) ? SAID_BOTH : of[decide(engine, &was, name)];
}

bool earlier_contradicts(struct engine *engine, const struct state *state, value_id condition,
                         bool truth)
{
    const enum said said = was_said(engine, state, condition);
    return said == SAID_BOTH || said == (truth ? SAID_FALSE : SAID_TRUE);
}

bool earlier_agrees(struct engine *engine, const struct state *state, value_id condition,
                    bool truth)
{
    return was_said(engine, state, condition) == (truth ? SAID_TRUE : SAID_FALSE);
}
