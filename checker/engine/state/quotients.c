#include "engine/state/quotients.h"

#include "engine/state/ranges.h"

enum { MAX_FACTOR = 1 << 24 };

enum part_kind { PART_NONE, PART_QUOTIENT, PART_REMAINDER, PART_ROUNDED };

/* A term of a sum: so many times the part of a number that dividing it by a constant gives, or that
 * rounding it down to a multiple of that leaves. */
struct part {
    int64_t times, divisor;
    value_id number, rest; /* what is divided; the sum without the term */
    enum part_kind kind;
};

/* n / k, n >> s, n % k, n & ~(k - 1) */
static enum part_kind kind_of_part(const struct value *value, int64_t *divisor)
{
    switch (value->sub) {
    case IR_DIV:
        return PART_QUOTIENT;
    case IR_SHR:
        *divisor = *divisor >= 0 && *divisor < 24 ? (int64_t)1 << *divisor : 0;
        return PART_QUOTIENT;
    case IR_REM:
        return PART_REMAINDER;
    case IR_AND:
        *divisor = *divisor < 0 && *divisor >= -MAX_FACTOR ? -*divisor : 0;
        return (*divisor & (*divisor - 1)) == 0 ? PART_ROUNDED : PART_NONE;
    default:
        return PART_NONE;
    }
}

static bool read_part(struct engine *engine, const struct state *state, value_id sum,
                      const struct term *term, struct part *part)
{
    struct values *values = &engine->values;
    const struct monomial monomial = *monomial_at(values, term->monomial);
    const struct value value = *value_at(values, monomial.atom);
    if (monomial.next || value.kind != VALUE_OPERATION ||
        !value_is_int(values, value.b, &part->divisor))
        return false;
    part->kind = kind_of_part(&value, &part->divisor);
    if (part->kind == PART_NONE || part->divisor < 2 || part->divisor > MAX_FACTOR ||
        term->coefficient > MAX_FACTOR || term->coefficient < -MAX_FACTOR ||
        (part->kind != PART_ROUNDED && range_of(engine, state, value.a).low < 0))
        return false;
    part->times = term->coefficient;
    part->number = value_as_number(values, value.a);
    part->rest =
        value_binary(values, IR_SUB, sum,
                     value_binary(values, IR_MUL, monomial.atom, value_int(values, part->times)));
    return true;
}

/* The sum with `times` the whole number in place of `times` its part, all of it `scale` times. */
static struct range with_number(struct engine *engine, const struct state *state,
                                const struct part *part, int64_t scale)
{
    struct values *values = &engine->values;
    value_id rest = value_binary(values, IR_MUL, part->rest, value_int(values, scale));
    value_id number = value_binary(values, IR_MUL, part->number, value_int(values, part->times));
    return range_of(engine, state, value_binary(values, IR_ADD, rest, number));
}

/* n / k * k and n & ~(k - 1) are n - n % k, so between n - (k - 1) and n. */
static struct range less_remainder(struct range range, const struct part *part)
{
    const int64_t lost = -part->times * (part->divisor - 1);
    if (lost < 0)
        range.low = range_add_bounds(range.low, lost);
    else
        range.high = range_add_bounds(range.high, lost);
    return range_between(range.low, range.high);
}

static struct range with_quotient(struct engine *engine, const struct state *state,
                                  const struct part *part)
{
    struct range range = less_remainder(with_number(engine, state, part, part->divisor), part);
    if (range.low != INT64_MIN && range.low != INT64_MAX)
        range.low = -range_floor_divide(-range.low, part->divisor);
    if (range.high != INT64_MIN && range.high != INT64_MAX)
        range.high = range_floor_divide(range.high, part->divisor);
    return range_between(range.low, range.high);
}

/* n % k is no more than n. */
static struct range with_remainder(struct engine *engine, const struct state *state,
                                   const struct part *part)
{
    const struct range whole = with_number(engine, state, part, 1);
    return part->times < 0 ? range_between(whole.low, INT64_MAX)
                           : range_between(INT64_MIN, whole.high);
}

static struct range with_part(struct engine *engine, const struct state *state,
                              const struct part *part)
{
    switch (part->kind) {
    case PART_QUOTIENT:
        return with_quotient(engine, state, part);
    case PART_REMAINDER:
        return with_remainder(engine, state, part);
    default:
        return less_remainder(with_number(engine, state, part, 1), part);
    }
}

struct range quotients_narrow(struct engine *engine, const struct state *state, value_id sum,
                              struct range range)
{
    const struct value value = *value_at(&engine->values, sum);
    if (value.kind != VALUE_INT || !value.a || !term_at(&engine->values, value.a)->next)
        return range;
    for (uint32_t id = value.a; id;) {
        const struct term term = *term_at(&engine->values, id);
        struct part part;
        if (read_part(engine, state, sum, &term, &part)) {
            const struct range found = with_part(engine, state, &part);
            return range_intersection(range, &found);
        }
        id = term.next;
    }
    return range;
}
