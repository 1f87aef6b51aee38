/* What is forgotten at the head of a loop where the number of turns is not known. */
#include "engine/walk/widen.h"

#include "engine/state/constraint.h"
#include "engine/state/fills.h"
#include "engine/state/holders.h"
#include "engine/state/marks.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"
#include "engine/unseen/earlier.h"
#include "engine/unseen/gates.h"
#include "engine/value/pmap.h"
#include "engine/walk/choices.h"

#include <string.h>

/* ---- what depends on a symbol ---- */

static bool depends_on(const struct engine *engine, value_id value, value_id atom);

static bool terms_depend_on(const struct engine *engine, uint32_t terms, value_id atom)
{
    const struct values *values = &engine->values;
    for (const struct term *term = term_at(values, terms); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            if (depends_on(engine, m->atom, atom))
                return true;
    return false;
}

/* Is the value another one where the atom is, as a[i] is for i? */
static bool depends_on(const struct engine *engine, value_id value, value_id atom)
{
    if (value == atom || value == VALUE_NONE)
        return value == atom;
    struct value v = *value_at(&engine->values, value);
    uint32_t source;
    switch ((enum value_kind)v.kind) {
    case VALUE_INT:
        return terms_depend_on(engine, v.a, atom);
    case VALUE_SYMBOL:
        source = map_get_u64(&engine->made_of, value);
        return source != MAP_NONE && depends_on(engine, source, atom);
    case VALUE_ADDRESS: {
        const struct region *region = region_at(&engine->values, v.a);
        return depends_on(engine, v.b, atom) ||
               ((region->kind == REGION_POINTEE || region->kind == REGION_FIELD) &&
                depends_on(engine, region->a, atom));
    }
    default:
        return depends_on(engine, v.a, atom) || depends_on(engine, v.b, atom);
    }
}

static pmap without_dependent(struct engine *engine, pmap map, value_id atom)
{
    struct pmap_iter iter = pmap_begin(map);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (depends_on(engine, (value_id)key, atom))
            map = pmap_remove(engine->arena, map, key);
    return map;
}

static void forget_fills(struct engine *engine, struct state *state, value_id atom)
{
    struct pmap_iter iter = pmap_begin(state->fill);
    for (uint64_t key, fill; pmap_next(&iter, &key, &fill);) {
        value_id source = fill_source(engine, fill);
        if (depends_on(engine, fill_object(key), atom))
            state->fill = pmap_remove(engine->arena, state->fill, key);
        else if (source != VALUE_NONE && depends_on(engine, source, atom))
            state->fill = pmap_set(engine->arena, state->fill, key, fill_unknown(atom, key));
    }
}

struct dependent {
    struct gates_lost lost;
    const struct engine *engine;
    value_id atom;
};

static bool is_dependent(const struct gates_lost *lost, value_id place, uint32_t name)
{
    const struct dependent *dependent = (const struct dependent *)lost;
    (void)name;
    return place != VALUE_NONE && depends_on(dependent->engine, place, dependent->atom);
}

static void forget_answers(struct engine *engine, struct state *state, value_id atom)
{
    struct pmap_iter iter = pmap_begin(state->asked);
    for (uint64_t question, asked; pmap_next(&iter, &question, &asked);) {
        uint32_t known = map_get_u64(&engine->question_of, (value_id)asked);
        const struct question_values *passed =
            known == MAP_NONE ? NULL : &engine->questions.data[known];
        for (size_t i = 0; passed && i < passed->count; i++)
            if (depends_on(engine, passed->values[i], atom))
                state->asked = pmap_remove(engine->arena, state->asked, question);
    }
}

/* The symbol of a widened place gets a new meaning: what was said with the old one goes. */
static void forget_dependent(struct engine *engine, struct state *state, value_id atom)
{
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);)
        if (depends_on(engine, (value_id)cell, atom)) {
            memory_loop_wrote(engine, state, (value_id)cell, (value_id)content);
            state->store = pmap_remove(engine->arena, state->store, cell);
        }
    forget_fills(engine, state, atom);
    gates_forget(engine, state, &(struct dependent){{is_dependent}, engine, atom}.lost);
    forget_answers(engine, state, atom);
    state->ranges = without_dependent(engine, state->ranges, atom);
    state->past = without_dependent(engine, state->past, atom);
    state->blocks = without_dependent(engine, state->blocks, atom);
}

/* ---- cells ---- */

/* What is known of a counter that goes one way only: nothing below, or above, where it was. */
static struct range bounds_of_widened(struct engine *engine, const struct state *state,
                                      value_id before, value_id now)
{
    struct range bounds = range_everything();
    if (before == VALUE_NONE)
        return bounds;
    value_id step = value_binary(&engine->values, IR_SUB, now, before);
    struct range way = range_of(engine, state, step), start = range_of(engine, state, before);
    if (way.low > 0)
        bounds.low = start.low;
    if (way.high < 0)
        bounds.high = start.high;
    return bounds;
}

static void bound_widened(struct engine *engine, struct state *state, value_id symbol,
                          struct range bounds)
{
    struct values *values = &engine->values;
    if (bounds.low > INT64_MIN)
        assume(engine, state, compare(engine, IR_GE, symbol, value_int(values, bounds.low)), true);
    if (bounds.high < INT64_MAX)
        assume(engine, state, compare(engine, IR_LE, symbol, value_int(values, bounds.high)), true);
}

static value_id widened_symbol(struct engine *engine, uint64_t place, uint64_t round, value_id now)
{
    struct symbol symbol = {.kind = SYMBOL_WIDENED, .origin = place ^ hash_u64(round)};
    const struct symbol *old = symbol_of(&engine->values, now);
    if (old) {
        symbol.bits = old->bits;
        symbol.is_signed = old->is_signed;
        symbol.is_pointer = old->is_pointer;
    }
    return value_symbol(&engine->values, symbol);
}

/* A symbol for what the cell holds from now on: one that means nothing else at the moment. That of
 * the turn before is best: a state which comes round unchanged is then an old one. */
static value_id free_symbol(const struct marks *held, uint64_t place, value_id now)
{
    enum { MAX_ROUNDS = 8 };
    for (uint64_t round = 0; round < MAX_ROUNDS; round++) {
        value_id symbol = widened_symbol(held->engine, place, round, now);
        if (!marks_has(held, symbol))
            return symbol;
    }
    return widened_symbol(held->engine, place, MAX_ROUNDS + held->engine->steps, now);
}

/* Pointers that a loop turns round, as the swap of two buffers does, are each any of what all of
 * them were. */
static uint32_t turning_tag(uint64_t loop)
{
    return (uint32_t)hash_u64(loop) >> 1;
}

static void note_turning(struct engine *engine, uint64_t loop, value_id widened, value_id before,
                         value_id now)
{
    value_id offset;
    value_id bases[] = {value_base(&engine->values, before, &offset),
                        value_base(&engine->values, now, &offset)};
    if (bases[0] == VALUE_NONE || bases[1] == VALUE_NONE)
        return;
    map_set_u64(&engine->turning_in, widened, turning_tag(loop));
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        map_set_u64(&engine->turned, hash_pair(turning_tag(loop), bases[i]), 1);
}

bool widen_may_be(const struct engine *engine, value_id pointer, value_id block)
{
    uint32_t tag = map_get_u64(&engine->turning_in, pointer);
    return tag != MAP_NONE && map_get_u64(&engine->turned, hash_pair(tag, block)) != MAP_NONE;
}

static void widen_cell(const struct marks *held, struct state *state, uint64_t loop, value_id cell,
                       value_id before, value_id now)
{
    struct engine *engine = held->engine;
    value_id widened = free_symbol(held, hash_u64(loop) ^ hash_u64(cell), now);
    value_id offset_before, offset_now;
    value_id base = value_base(&engine->values, now, &offset_now);
    bool same_block = base != VALUE_NONE && before != VALUE_NONE &&
                      value_base(&engine->values, before, &offset_before) == base && base != now &&
                      offset_now != VALUE_NONE;
    struct range bounds = bounds_of_widened(engine, state, before, now);
    forget_dependent(engine, state, widened);
    value_id content = same_block ? value_advance(&engine->values, base, widened) : widened;
    state->store = pmap_set(engine->arena, state->store, cell, content);
    if (same_block)
        return;
    holders_lose_track(engine, state, now);
    if (before == VALUE_NONE)
        return;
    holders_lose_track(engine, state, before);
    earlier_widened(engine, widened, cell, before, now);
    note_turning(engine, loop, widened, before, now);
    bound_widened(engine, state, widened, bounds);
}

/* What was any number before, tests of the turn have made one: "if (--users > 0) return" did, on
 * the path that goes on to unregister. That number stays, and whatever it decides. */
static bool keep_decided(struct engine *engine, struct state *state, value_id cell, value_id before,
                         value_id now)
{
    struct range range = range_of(engine, state, now);
    if (!range_is_one(&range, range.low) || value_is_int(&engine->values, now, NULL) ||
        value_is_int(&engine->values, before, NULL))
        return false;
    state->store =
        pmap_set(engine->arena, state->store, cell, value_int(&engine->values, range.low));
    return true;
}

/* The cells that the last turn changed, with what they hold. */
static pmap changed_cells(struct engine *engine, const struct state *state, pmap store_before,
                          bool keeps_choices)
{
    pmap changed = NULL;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content, before; pmap_next(&iter, &cell, &content);)
        if (pmap_get(store_before, cell, &before) && before != content &&
            !(keeps_choices &&
              choice_is(engine, (value_id)cell, (value_id)before, (value_id)content)))
            changed = pmap_set(engine->arena, changed, cell, content);
    return changed;
}

void widen_store(struct engine *engine, struct state *state, uint64_t loop, pmap store_before,
                 bool keeps_choices)
{
    pmap changed = changed_cells(engine, state, store_before, keeps_choices);
    struct marks held;
    marks_make_for_renaming(&held, engine, state, changed);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        uint64_t before;
        if (!pmap_get(store_before, cell, &before))
            memory_loop_wrote(engine, state, (value_id)cell, (value_id)content);
        else if (pmap_get(changed, cell, NULL) &&
                 !keep_decided(engine, state, (value_id)cell, (value_id)before, (value_id)content))
            widen_cell(&held, state, loop, (value_id)cell, (value_id)before, (value_id)content);
    }
}

/* Does the first say the same but for a bound that the other has closer? */
static bool is_looser(struct range a, struct range b)
{
    if (range_is_one(&b, b.low))
        return false;
    if (a.low <= b.low && a.high >= b.high) {
        a.low = b.low;
        a.high = b.high;
    }
    return memcmp(&a, &b, sizeof a) == 0;
}

void widen_ranges(struct engine *engine, struct state *state, pmap ranges_before)
{
    struct pmap_iter iter = pmap_begin(state->ranges);
    for (uint64_t key, number, before; pmap_next(&iter, &key, &number);)
        if (pmap_get(ranges_before, key, &before) && before != number &&
            is_looser(*(const struct range *)table_at(&engine->ranges, (uint32_t)before),
                      *(const struct range *)table_at(&engine->ranges, (uint32_t)number)))
            state->ranges = pmap_set(engine->arena, state->ranges, key, before);
}
