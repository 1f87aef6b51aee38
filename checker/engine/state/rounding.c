#include "engine/state/rounding.h"

#include "engine/state/ranges.h"

/* What a mask leaves of a number is a multiple of this; VALUE_NONE: it is no mask of that kind. */
static value_id unit_of_mask(struct engine *engine, const struct state *state, value_id mask)
{
    struct values *values = &engine->values;
    const struct value value = *value_at(values, mask);
    value_id unit = VALUE_NONE;
    if (value.kind == VALUE_OPERATION && value.sub == 100 + IR_BIT_NOT)
        unit = value_binary(values, IR_ADD, value.a, value_int(values, 1));
    else if (value.kind == VALUE_INT)
        unit = value_negate(values, mask);
    return unit != VALUE_NONE && range_of(engine, state, unit).high > 0 ? unit : VALUE_NONE;
}

/* The number that the operation rounds down, and to a multiple of what, or how often that goes
 * into it. */
static bool rounded(struct engine *engine, const struct state *state, value_id operation,
                    value_id *number, value_id *unit)
{
    const struct value value = *value_at(&engine->values, operation);
    if (value.kind != VALUE_OPERATION || (value.sub != IR_AND && value.sub != IR_DIV))
        return false;
    *number = value.a;
    *unit = value.b;
    if (value.sub == IR_DIV)
        return range_of(engine, state, *unit).low > 0;
    *unit = unit_of_mask(engine, state, value.b);
    if (*unit != VALUE_NONE)
        return true;
    *number = value.b;
    *unit = unit_of_mask(engine, state, value.a);
    return *unit != VALUE_NONE;
}

/* a - b >= unit? */
static bool are_apart(struct engine *engine, const struct state *state, value_id a, value_id b,
                      value_id unit)
{
    struct values *values = &engine->values;
    value_id between = value_binary(values, IR_SUB, value_binary(values, IR_SUB, a, b), unit);
    return range_of(engine, state, between).low >= 0;
}

bool rounding_leaves_some(struct engine *engine, const struct state *state, value_id operation)
{
    value_id number, unit;
    return rounded(engine, state, operation, &number, &unit) &&
           are_apart(engine, state, number, value_int(&engine->values, 0), unit);
}

bool rounding_keeps_apart(struct engine *engine, const struct state *state, value_id difference)
{
    const struct values *values = &engine->values;
    const struct value value = *value_at(values, difference);
    value_id atoms[2], numbers[2], units[2];
    if (value.kind != VALUE_INT || value.number != 0 || !value.a)
        return false;
    const struct term first = *term_at(values, value.a);
    const struct term *second = term_at(values, first.next);
    if (!second || second->next || second->coefficient != -first.coefficient)
        return false;
    const bool is_first = first.coefficient > 0;
    const uint32_t monomials[2] = {is_first ? first.monomial : second->monomial,
                                   is_first ? second->monomial : first.monomial};
    for (size_t i = 0; i < 2; i++) {
        const struct monomial *product = monomial_at(values, monomials[i]);
        if (!product || product->next)
            return false;
        atoms[i] = product->atom;
    }
    for (size_t i = 0; i < 2; i++)
        if (!rounded(engine, state, atoms[i], &numbers[i], &units[i]))
            return false;
    return units[0] == units[1] &&
           value_at(values, atoms[0])->sub == value_at(values, atoms[1])->sub &&
           are_apart(engine, state, numbers[0], numbers[1], units[0]);
}

/* x / p * p */
static bool is_whole_times(const struct values *values, uint32_t monomial)
{
    for (const struct monomial *m = monomial_at(values, monomial); m;
         m = monomial_at(values, m->next)) {
        const struct value *quotient = value_at(values, m->atom);
        if (quotient->kind != VALUE_OPERATION || quotient->sub != IR_DIV)
            continue;
        for (const struct monomial *n = monomial_at(values, monomial); n;
             n = monomial_at(values, n->next))
            if (n->atom == quotient->b)
                return true;
    }
    return false;
}

static bool is_multiple(struct engine *engine, const struct state *state, value_id number)
{
    const struct values *values = &engine->values;
    const struct value value = *value_at(values, number);
    value_id whole, unit;
    if (value.kind == VALUE_OPERATION)
        return value.sub == IR_AND && rounded(engine, state, number, &whole, &unit);
    const struct term *term = value.kind == VALUE_INT ? term_at(values, value.a) : NULL;
    return term && value.number == 0 && !term->next && is_whole_times(values, term->monomial);
}

bool rounding_clears_bits(struct engine *engine, const struct state *state, value_id operation)
{
    enum { SMALLEST_PAGE = 4096 };
    const struct value value = *value_at(&engine->values, operation);
    int64_t bits;
    return value.kind == VALUE_OPERATION && value.sub == IR_AND &&
           value_is_int(&engine->values, value.b, &bits) && bits > 0 && bits < SMALLEST_PAGE &&
           is_multiple(engine, state, value.a);
}
