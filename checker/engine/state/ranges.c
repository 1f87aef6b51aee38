#include "engine/state/ranges.h"

#include "engine/state/quotients.h"
#include "engine/state/rounding.h"
#include "engine/value/pmap.h"

static struct range type_range(const struct symbol *symbol)
{
    struct range range = range_everything();
    if (symbol->is_pointer || !symbol->bits)
        return range;
    if (symbol->bits == 1)
        return range_between(0, 1);
    if (symbol->is_signed) {
        if (symbol->bits < 64) {
            range.low = -((int64_t)1 << (symbol->bits - 1));
            range.high = ((int64_t)1 << (symbol->bits - 1)) - 1;
        }
        return range;
    }
    range.low = 0;
    if (symbol->bits < 63)
        range.high = ((int64_t)1 << symbol->bits) - 1;
    return range;
}

static struct range operation_range(struct engine *engine, const struct state *state,
                                    const struct value *value)
{
    struct range range = range_everything(), a, b;
    if (value->sub >= 100)
        return range;
    a = range_of(engine, state, value->a);
    b = range_of(engine, state, value->b);
    switch (value->sub) {
    case IR_AND:
        if (b.low == b.high && b.low < 0 && (-b.low & (-b.low - 1)) == 0 && a.low >= 0)
            range = range_between(a.low & b.low, a.high); /* rounding down */
        else if (b.low >= 0)
            range = range_between(0, b.high);
        else if (a.low >= 0)
            range = range_between(0, a.high);
        break;
    case IR_OR:
        if (a.low >= 0 && b.low >= 0)
            range.low = a.low > b.low ? a.low : b.low;
        if (!range_contains(&a, 0) || !range_contains(&b, 0))
            range = range_without(range, 0);
        break;
    case IR_REM:
        if (b.low == b.high && b.low > 0)
            range = range_between(a.low >= 0 ? 0 : 1 - b.low, b.low - 1);
        break;
    case IR_DIV:
        range = range_quotient(&a, &b);
        break;
    case IR_SHL:
        if (a.low > 0)
            range.low = 1;
        break;
    case IR_SHR:
        if (a.low >= 0)
            range = range_between(0, a.high);
        break;
    default:
        break;
    }
    return range;
}

static bool stored_range(struct engine *engine, const struct state *state, value_id value,
                         struct range *range)
{
    uint64_t number;
    if (!pmap_get(state->ranges, value, &number))
        return false;
    *range = *(const struct range *)table_at(&engine->ranges, (uint32_t)number);
    return true;
}

static struct range atom_range(struct engine *engine, const struct state *state, value_id atom)
{
    const struct symbol *symbol = symbol_of(&engine->values, atom);
    struct value value = *value_at(&engine->values, atom);
    struct range range = range_everything(), assumed;
    if (symbol && symbol->kind == SYMBOL_SIZEOF)
        range.low = 1;
    else if (symbol)
        range = type_range(symbol);
    else if (value.kind == VALUE_OPERATION)
        range = operation_range(engine, state, &value);
    else if (value.kind == VALUE_COMPARISON)
        range = range_between(0, 1);
    else if (value.kind == VALUE_ADDRESS)
        range = range_without(range, 0); /* an address inside an object is not NULL */
    if (range.low <= 0 && rounding_leaves_some(engine, state, atom))
        range.low = 1;
    if (rounding_clears_bits(engine, state, atom))
        range = range_between(0, 0);
    if (stored_range(engine, state, atom, &assumed))
        range = range_intersection(range, &assumed);
    return range;
}

static struct range monomial_range(struct engine *engine, const struct state *state,
                                   uint32_t monomial)
{
    struct range range = range_between(1, 1);
    for (const struct monomial *m = monomial_at(&engine->values, monomial); m;
         m = monomial_at(&engine->values, m->next)) {
        struct range factor = atom_range(engine, state, m->atom);
        range = range_product(&range, &factor);
    }
    return range;
}

static struct range poly_range(struct engine *engine, const struct state *state,
                               const struct value *value)
{
    struct range range = range_between(value->number, value->number);
    bool single = value->a && !term_at(&engine->values, value->a)->next;
    for (uint32_t id = value->a; id;) {
        struct term term = *term_at(&engine->values, id);
        struct range part = monomial_range(engine, state, term.monomial);
        if (single)
            return range_linear(&part, term.coefficient, value->number);
        part = range_linear(&part, term.coefficient, 0);
        range.low = range_add_bounds(range.low, part.low);
        range.high = range_add_bounds(range.high, part.high);
        id = term.next;
    }
    return range;
}

/* n * size - size is size * (n - 1), of which more is known than of the terms. */
static struct range factored_range(struct engine *engine, const struct state *state, value_id id,
                                   struct range range)
{
    struct value value = *value_at(&engine->values, id);
    if (value.number != 0 || !value.a || !term_at(&engine->values, value.a)->next)
        return range;
    uint32_t m = term_at(&engine->values, value.a)->monomial;
    while (m) {
        struct monomial factor = *monomial_at(&engine->values, m);
        value_id other = value_quotient(&engine->values, id, factor.atom);
        if (other != VALUE_NONE) {
            struct range a = atom_range(engine, state, factor.atom);
            struct range b = range_of(engine, state, other);
            a = range_product(&a, &b);
            return range_intersection(range, &a);
        }
        m = factor.next;
    }
    return range;
}

value_id ranges_canonical(struct engine *engine, value_id id, int64_t *scale, int64_t *shift)
{
    *scale = 1;
    *shift = 0;
    struct value value = *value_at(&engine->values, id);
    if (value.kind != VALUE_INT || !value.a)
        return id;
    uint64_t divisor = 0;
    for (uint32_t t = value.a; t;) {
        struct term term = *term_at(&engine->values, t);
        uint64_t a =
            term.coefficient < 0 ? 0 - (uint64_t)term.coefficient : (uint64_t)term.coefficient;
        for (uint64_t b = divisor; b;) {
            uint64_t r = a % b;
            a = b;
            b = r;
        }
        divisor = a;
        t = term.next;
    }
    *shift = value.number;
    *scale = (int64_t)divisor;
    if (*scale <= 0)
        return id;
    if (term_at(&engine->values, value.a)->coefficient < 0)
        *scale = -*scale;
    value_id bare =
        value_binary(&engine->values, IR_SUB, id, value_int(&engine->values, value.number));
    return value_quotient(&engine->values, bare, value_int(&engine->values, *scale));
}

void ranges_recall(struct engine *engine, struct state *state)
{
    struct pmap_iter iter = pmap_begin(state->past);
    for (uint64_t value, number; pmap_next(&iter, &value, &number);)
        if (!pmap_get(state->ranges, value, NULL))
            state->ranges = pmap_set(engine->arena, state->ranges, value, number);
}

static struct range part_range(struct engine *engine, const struct state *state, value_id id)
{
    struct value value = *value_at(&engine->values, id);
    if (value.kind != VALUE_INT)
        return atom_range(engine, state, id);
    struct range range = factored_range(engine, state, id, poly_range(engine, state, &value));
    range = quotients_narrow(engine, state, id, range);
    struct range assumed;
    if (range.low <= 0 && rounding_keeps_apart(engine, state, id))
        range.low = 1;
    if (!value.a)
        return range;
    int64_t scale, shift;
    value_id bare = ranges_canonical(engine, id, &scale, &shift);
    if (bare != VALUE_NONE && bare != id && stored_range(engine, state, bare, &assumed)) {
        struct range scaled = range_linear(&assumed, scale, shift);
        range = range_intersection(range, &scaled);
    } else if (bare == id && stored_range(engine, state, id, &assumed)) {
        range = range_intersection(range, &assumed);
    }
    return range;
}

/* A number that is divided is asked for its range several times over: by the quotient, by the sum
 * that the quotient stands in, by the whole numbers that take its place there. What was halved in
 * each turn of a search would take for ever. */
enum { MOST_PARTS = 512, PARTS_PER_STEP = 64 };

struct range range_of(struct engine *engine, const struct state *state, value_id id)
{
    if (id == VALUE_NONE || engine->range_parts >= MOST_PARTS)
        return range_everything();
    const bool is_whole = engine->range_parts++ == 0;
    const struct range range = part_range(engine, state, id);
    if (is_whole) {
        engine->steps += engine->range_parts / PARTS_PER_STEP;
        engine->range_parts = 0;
    }
    return range;
}
