#include "engine/value/range.h"

#include "ir/ir.h"

#include <string.h>

struct range range_everything(void)
{
    return range_between(INT64_MIN, INT64_MAX);
}

struct range range_between(int64_t low, int64_t high)
{
    return (struct range){.low = low, .high = high};
}

bool range_is_empty(const struct range *range)
{
    return range->low > range->high;
}

bool range_is_one(const struct range *range, int64_t number)
{
    return range->low == number && range->high == number;
}

static size_t find_hole(const struct range *range, int64_t number)
{
    size_t i = 0;
    while (i < range->hole_count && range->holes[i] < number)
        i++;
    return i;
}

static bool is_hole(const struct range *range, int64_t number)
{
    size_t i = find_hole(range, number);
    return i < range->hole_count && range->holes[i] == number;
}

bool range_contains(const struct range *range, int64_t number)
{
    return number >= range->low && number <= range->high && !is_hole(range, number);
}

static void remove_hole(struct range *range, size_t index)
{
    range->hole_count--;
    memmove(&range->holes[index], &range->holes[index + 1],
            (range->hole_count - index) * sizeof range->holes[0]);
    range->holes[range->hole_count] = 0;
}

/* Holes at the ends move the ends. */
static void trim(struct range *range)
{
    while (range->hole_count && range->holes[0] <= range->low) {
        if (range->holes[0] == range->low && range->low < INT64_MAX)
            range->low++;
        remove_hole(range, 0);
    }
    while (range->hole_count && range->holes[range->hole_count - 1] >= range->high) {
        if (range->holes[range->hole_count - 1] == range->high && range->high > INT64_MIN)
            range->high--;
        remove_hole(range, range->hole_count - 1);
    }
}

struct range range_without(struct range range, int64_t number)
{
    if (!range_contains(&range, number))
        return range;
    if (range.low == range.high)
        return range_between(1, 0);
    if (range.hole_count == RANGE_HOLES)
        remove_hole(&range, 0);
    size_t at = find_hole(&range, number);
    memmove(&range.holes[at + 1], &range.holes[at],
            (range.hole_count - at) * sizeof range.holes[0]);
    range.holes[at] = number;
    range.hole_count++;
    trim(&range);
    return range;
}

struct range range_intersection(struct range a, const struct range *b)
{
    a.low = a.low > b->low ? a.low : b->low;
    a.high = a.high < b->high ? a.high : b->high;
    trim(&a);
    for (size_t i = 0; i < b->hole_count; i++)
        a = range_without(a, b->holes[i]);
    return a;
}

int64_t range_floor_divide(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

int64_t range_add_bounds(int64_t a, int64_t b)
{
    int64_t sum;
    if (a == INT64_MIN || b == INT64_MIN)
        return INT64_MIN;
    if (a == INT64_MAX || b == INT64_MAX)
        return INT64_MAX;
    if (__builtin_add_overflow(a, b, &sum))
        return a > 0 ? INT64_MAX : INT64_MIN;
    return sum;
}

static int64_t multiply_bounds(int64_t a, int64_t b)
{
    int64_t product;
    if (a == 0 || b == 0)
        return 0;
    if (a == INT64_MIN || a == INT64_MAX || b == INT64_MIN || b == INT64_MAX ||
        __builtin_mul_overflow(a, b, &product))
        return (a > 0) == (b > 0) ? INT64_MAX : INT64_MIN;
    return product;
}

struct range range_product(const struct range *a, const struct range *b)
{
    int64_t corners[] = {multiply_bounds(a->low, b->low), multiply_bounds(a->low, b->high),
                         multiply_bounds(a->high, b->low), multiply_bounds(a->high, b->high)};
    struct range range = range_between(corners[0], corners[0]);
    for (size_t i = 1; i < sizeof corners / sizeof *corners; i++) {
        range.low = corners[i] < range.low ? corners[i] : range.low;
        range.high = corners[i] > range.high ? corners[i] : range.high;
    }
    if (!range_contains(a, 0) && !range_contains(b, 0))
        return range_without(range, 0);
    return range;
}

struct range range_quotient(const struct range *a, const struct range *b)
{
    if (range_is_empty(b) || b->low <= 0 || a->low < 0) /* on a path that cannot be, b is empty */
        return range_everything();
    return range_between(a->low / b->high, a->high);
}

struct range range_linear(const struct range *range, int64_t scale, int64_t shift)
{
    struct range factor = range_between(scale, scale);
    struct range result = range_product(range, &factor);
    result =
        range_between(range_add_bounds(result.low, shift), range_add_bounds(result.high, shift));
    for (size_t i = 0; i < range->hole_count; i++)
        result =
            range_without(result, range_add_bounds(multiply_bounds(range->holes[i], scale), shift));
    return result;
}

uint32_t range_negated(uint32_t op)
{
    static const uint32_t table[] = {[IR_EQ] = IR_NE, [IR_NE] = IR_EQ, [IR_LT] = IR_GE,
                                     [IR_LE] = IR_GT, [IR_GT] = IR_LE, [IR_GE] = IR_LT};
    return table[op];
}

uint32_t range_mirrored(uint32_t op)
{
    static const uint32_t table[] = {[IR_EQ] = IR_EQ, [IR_NE] = IR_NE, [IR_LT] = IR_GT,
                                     [IR_LE] = IR_GE, [IR_GT] = IR_LT, [IR_GE] = IR_LE};
    return table[op];
}

enum truth range_compare(const struct range *range, uint32_t op, int64_t number)
{
    switch (op) {
    case IR_EQ:
        if (range_is_one(range, number))
            return TRUTH_TRUE;
        return range_contains(range, number) ? TRUTH_UNKNOWN : TRUTH_FALSE;
    case IR_LT:
        if (range->high < number)
            return TRUTH_TRUE;
        return range->low >= number ? TRUTH_FALSE : TRUTH_UNKNOWN;
    case IR_LE:
        if (range->high <= number)
            return TRUTH_TRUE;
        return range->low > number ? TRUTH_FALSE : TRUTH_UNKNOWN;
    default: {
        enum truth opposite = range_compare(range, range_negated(op), number);
        if (opposite == TRUTH_UNKNOWN)
            return TRUTH_UNKNOWN;
        return opposite == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    }
    }
}
