/* What a path assumes about integers and pointers: a range for each polynomial that was compared.
 */
#include "engine/state/constraint.h"

#include "engine/state/distinct.h"
#include "engine/state/flags.h"
#include "engine/state/quotients.h"
#include "engine/state/rounding.h"
#include "engine/state/settle.h"
#include "engine/unseen/earlier.h"
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

/* value = scale * canonical + shift, so that comparisons of one thing meet at one canonical form:
 * no constant part, coefficients without a common divisor, the first one positive. */
static value_id canonical(struct engine *engine, value_id id, int64_t *scale, int64_t *shift)
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

struct range range_of(struct engine *engine, const struct state *state, value_id id)
{
    if (id == VALUE_NONE)
        return range_everything();
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
    value_id bare = canonical(engine, id, &scale, &shift);
    if (bare != VALUE_NONE && bare != id && stored_range(engine, state, bare, &assumed)) {
        struct range scaled = range_linear(&assumed, scale, shift);
        range = range_intersection(range, &scaled);
    } else if (bare == id && stored_range(engine, state, id, &assumed)) {
        range = range_intersection(range, &assumed);
    }
    return range;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

/* a op b as canonical op' number; false where the two are no integers to subtract. */
struct linear {
    value_id value;
    uint32_t op;
    int64_t number;
    bool impossible, certain; /* divisibility decides */
};

static bool linearise(struct engine *engine, uint32_t op, value_id a, value_id b,
                      struct linear *out)
{
    value_id difference = value_binary(&engine->values, IR_SUB, a, b);
    int64_t scale, shift, number;
    *out = (struct linear){.op = op};
    if (value_is_int(&engine->values, difference, &number)) {
        out->value = difference;
        return true;
    }
    out->value = canonical(engine, difference, &scale, &shift);
    if (out->value == VALUE_NONE || shift == INT64_MIN || scale == INT64_MIN)
        return false;
    number = -shift; /* scale * value op number */
    if (scale < 0) {
        scale = -scale;
        number = -number;
        out->op = range_mirrored(op);
    }
    bool divides = number % scale == 0;
    if (out->op == IR_EQ && !divides)
        out->impossible = true;
    if (out->op == IR_NE && !divides)
        out->certain = true;
    if (divides || out->op == IR_LE || out->op == IR_GT)
        out->number = floor_divide(number, scale);
    else /* x < 2.5 means x < 3, x >= 2.5 means x >= 3 */
        out->number = floor_divide(number, scale) + 1;
    return true;
}

static bool both_addresses(struct engine *engine, value_id a, value_id b)
{
    return value_at(&engine->values, a)->kind == VALUE_ADDRESS ||
           value_at(&engine->values, b)->kind == VALUE_ADDRESS;
}

/* p, or the number that p + 4096 is. */
static bool is_of_address(const struct engine *engine, value_id id)
{
    const struct values *values = &engine->values;
    const struct value *value = value_at(values, id);
    if (value->kind != VALUE_INT)
        return value->kind == VALUE_ADDRESS;
    for (const struct term *t = term_at(values, value->a); t; t = term_at(values, t->next))
        if (value_at(values, monomial_at(values, t->monomial)->atom)->kind == VALUE_ADDRESS)
            return true;
    return false;
}

value_id compare(struct engine *engine, uint32_t op, value_id a, value_id b)
{
    int64_t left, right;
    if (value_is_int(&engine->values, a, &left) && value_is_int(&engine->values, b, &right)) {
        struct range range = range_between(left, left);
        return value_int(&engine->values, range_compare(&range, op, right) == TRUTH_TRUE);
    }
    value_id offset_a, offset_b;
    if ((is_of_address(engine, a) || is_of_address(engine, b)) &&
        value_common(&engine->values, value_pointer_arithmetic(&engine->values, a),
                     value_pointer_arithmetic(&engine->values, b), &offset_a, &offset_b))
        return compare(engine, op, offset_a, offset_b);
    if (value_is_int(&engine->values, a, NULL)) { /* constants to the right */
        value_id swap = a;
        a = b;
        b = swap;
        op = range_mirrored(op);
    }
    /* (a == b) != 0 is a == b; (a == b) == 0 is a != b */
    struct value inner = *value_at(&engine->values, a);
    if (inner.kind == VALUE_COMPARISON && value_is_int(&engine->values, b, &right) &&
        (op == IR_EQ || op == IR_NE) && (right == 0 || right == 1)) {
        bool same = (op == IR_NE) == (right == 0);
        if (same)
            return a;
        inner.sub = range_negated(inner.sub);
        return table_intern(&engine->values.values, &inner);
    }
    struct value made = {.kind = VALUE_COMPARISON, .sub = op, .a = a, .b = b};
    return table_intern(&engine->values.values, &made);
}

enum truth decide(struct engine *engine, const struct state *state, value_id condition)
{
    if (condition == VALUE_NONE)
        return TRUTH_UNKNOWN;
    struct value value = *value_at(&engine->values, condition);
    if (value.kind != VALUE_COMPARISON) {
        if (value.kind == VALUE_ADDRESS)
            return TRUTH_TRUE;
        struct range range = range_of(engine, state, condition);
        return range_compare(&range, IR_NE, 0);
    }
    if (both_addresses(engine, value.a, value.b)) {
        if (value.sub != IR_EQ && value.sub != IR_NE)
            return TRUTH_UNKNOWN;
        int64_t number;
        enum truth equal = value_is_int(&engine->values, value.b, &number)
                               ? TRUTH_FALSE
                               : distinct_compare(engine, value.a, value.b);
        if (equal == TRUTH_UNKNOWN || value.sub == IR_EQ)
            return equal;
        return equal == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    }
    struct linear linear;
    if (!linearise(engine, value.sub, value.a, value.b, &linear))
        return TRUTH_UNKNOWN;
    if (linear.impossible)
        return TRUTH_FALSE;
    if (linear.certain)
        return TRUTH_TRUE;
    struct range range = range_of(engine, state, linear.value);
    return range_compare(&range, linear.op, linear.number);
}

static struct range narrowed(struct range range, uint32_t op, int64_t number)
{
    struct range limit = range_everything();
    switch (op) {
    case IR_EQ:
        limit = range_between(number, number);
        break;
    case IR_NE:
        return range_without(range, number);
    case IR_LT:
        limit.high = number - (number > INT64_MIN);
        break;
    case IR_LE:
        limit.high = number;
        break;
    case IR_GT:
        limit.low = number + (number < INT64_MAX);
        break;
    default:
        limit.low = number;
        break;
    }
    return range_intersection(range, &limit);
}

static bool narrow(struct engine *engine, struct state *state, value_id value, uint32_t op,
                   int64_t number)
{
    struct range range = range_of(engine, state, value);
    if (op == IR_EQ && !range_contains(&range, number))
        return false;
    range = narrowed(range, op, number);
    if (range_is_empty(&range))
        return false;
    uint32_t id = table_intern(&engine->ranges, &range);
    state->ranges = pmap_set(engine->arena, state->ranges, value, id);
    return true;
}

static bool constrain(struct engine *engine, struct state *state, uint32_t op, value_id value,
                      int64_t number)
{
    struct linear linear;
    value_id limit = value_int(&engine->values, number);
    if (!linearise(engine, op, value, limit, &linear) || linear.certain)
        return true;
    return !linear.impossible && narrow(engine, state, linear.value, linear.op, linear.number);
}

/* a < b: what bounds the one bounds the other. */
static bool bound_both(struct engine *engine, struct state *state, uint32_t op, value_id a,
                       value_id b)
{
    if (op == IR_GT || op == IR_GE)
        return bound_both(engine, state, op == IR_GT ? IR_LT : IR_LE, b, a);
    if ((op != IR_LT && op != IR_LE) || value_is_int(&engine->values, a, NULL) ||
        value_is_int(&engine->values, b, NULL))
        return true;
    int64_t low = range_of(engine, state, a).low, high = range_of(engine, state, b).high;
    int64_t apart = op == IR_LT ? 1 : 0;
    if (low > INT64_MIN && low < INT64_MAX && !constrain(engine, state, IR_GE, b, low + apart))
        return false;
    return high <= INT64_MIN + 1 || high == INT64_MAX ||
           constrain(engine, state, IR_LE, a, high - apart);
}

bool assume(struct engine *engine, struct state *state, value_id condition, bool truth)
{
    if (condition == VALUE_NONE)
        return true;
    enum truth known = decide(engine, state, condition);
    if (known != TRUTH_UNKNOWN)
        return (known == TRUTH_TRUE) == truth;
    struct value value = *value_at(&engine->values, condition);
    uint32_t op = truth ? IR_NE : IR_EQ;
    value_id subject = condition;
    int64_t number = 0;
    if (value.kind == VALUE_COMPARISON) {
        struct linear linear;
        uint32_t asked = truth ? value.sub : range_negated(value.sub);
        if (both_addresses(engine, value.a, value.b))
            return true; /* nothing to remember */
        if (!linearise(engine, asked, value.a, value.b, &linear))
            return true;
        if (linear.impossible)
            return false;
        if (linear.certain)
            return true;
        subject = linear.value;
        op = linear.op;
        number = linear.number;
    } else if (value.kind == VALUE_INT) {
        struct linear linear;
        if (!linearise(engine, op, condition, 0, &linear) || linear.certain)
            return true;
        if (linear.impossible)
            return false;
        subject = linear.value;
        op = linear.op;
        number = linear.number;
    }
    uint32_t chosen = STATE_ASSUMED_CONTENT | STATE_CHOSE;
    if (!flag_is_counted(engine, state, subject))
        chosen |= STATE_ASSUMED_FLAG;
    const bool is_new_choice = (state->flags & chosen) != chosen &&
                               flag_is_content(engine, subject) &&
                               !earlier_agrees(engine, state, condition, truth);
    if (!narrow(engine, state, subject, op, number) ||
        (value.kind == VALUE_COMPARISON &&
         !bound_both(engine, state, truth ? value.sub : range_negated(value.sub), value.a,
                     value.b)))
        return false;
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    if (is_new_choice)
        state->flags |= chosen;
    if (symbol && (symbol->kind == SYMBOL_RESULT || symbol->kind == SYMBOL_UNKNOWN))
        state->flags |= STATE_CHOSE;
    settle(engine, state, subject);
    return true;
}

void assume_fact(struct engine *engine, struct state *state, value_id fact)
{
    const uint32_t choices = STATE_ASSUMED_CONTENT | STATE_ASSUMED_FLAG | STATE_CHOSE;
    const uint32_t before = state->flags & choices;
    assume(engine, state, fact, true);
    state->flags = (state->flags & ~choices) | before;
}

void assume_points(struct engine *engine, struct state *state, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&engine->values, pointer);
    if (symbol && symbol->is_pointer && decide(engine, state, pointer) == TRUTH_UNKNOWN &&
        narrow(engine, state, pointer, IR_NE, 0))
        settle(engine, state, pointer);
}

void forget_value(struct engine *engine, struct state *state, value_id value)
{
    state->ranges = pmap_remove(engine->arena, state->ranges, value);
}
