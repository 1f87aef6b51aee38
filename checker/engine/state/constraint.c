#include "engine/state/constraint.h"

#include "engine/state/distinct.h"
#include "engine/state/flags.h"
#include "engine/state/ranges.h"
#include "engine/state/settle.h"
#include "engine/unseen/earlier.h"
#include "engine/value/pmap.h"

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
    out->value = ranges_canonical(engine, difference, &scale, &shift);
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
        out->number = range_floor_divide(number, scale);
    else /* x < 2.5 means x < 3, x >= 2.5 means x >= 3 */
        out->number = range_floor_divide(number, scale) + 1;
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

/* Of addresses that have no difference to speak of, the path remembers only whether they are one:
 * under this value. */
static value_id equality_of(struct engine *engine, value_id a, value_id b)
{
    struct value made = {
        .kind = VALUE_COMPARISON, .sub = IR_EQ, .a = a < b ? a : b, .b = a < b ? b : a};
    return table_intern(&engine->values.values, &made);
}

static enum truth equality_learnt(struct engine *engine, const struct state *state, value_id a,
                                  value_id b)
{
    struct range range = range_of(engine, state, equality_of(engine, a, b));
    return range_compare(&range, IR_NE, 0);
}

static void learn_equality(struct engine *engine, struct state *state, uint32_t op, value_id a,
                           value_id b)
{
    if (op == IR_LE || op == IR_GE)
        return; /* both are left open */
    const int64_t equal = op == IR_EQ;
    struct range range = range_between(equal, equal);
    uint32_t id = table_intern(&engine->ranges, &range);
    state->ranges = pmap_set(engine->arena, state->ranges, equality_of(engine, a, b), id);
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
        if (equal == TRUTH_UNKNOWN)
            equal = equality_learnt(engine, state, value.a, value.b);
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

/* a == b, and b is not 0: nor is a. */
static bool is_not_zero_either(struct engine *engine, struct state *state, value_id a, value_id b)
{
    const struct range range = range_of(engine, state, b);
    return range_contains(&range, 0) || constrain(engine, state, IR_NE, a, 0);
}

/* a < b, a == b: what bounds the one bounds the other. */
static bool bound_both(struct engine *engine, struct state *state, uint32_t op, value_id a,
                       value_id b)
{
    if (op == IR_GT || op == IR_GE)
        return bound_both(engine, state, op == IR_GT ? IR_LT : IR_LE, b, a);
    if (op == IR_EQ)
        return is_not_zero_either(engine, state, a, b) && is_not_zero_either(engine, state, b, a);
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
        if (both_addresses(engine, value.a, value.b)) {
            learn_equality(engine, state, asked, value.a, value.b);
            return true;
        }
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
