#include "engine/events/numbers.h"

#include "engine/state/ranges.h"
#include "engine/value/pmap.h"

#include <stdlib.h>

/* Large enough that a block has pages of its own, small enough that it can be had anywhere. Where
 * a product of several numbers grows too large, or an assumption does not hold, the next one is
 * tried. */
static const int64_t preferences[] = {1 << 20, 4096, 256, 16, 4, 1};
enum shape { SHAPE_EQUAL, SHAPE_RISING, SHAPE_FALLING, SHAPE_COUNT };
enum {
    PREFERENCE_COUNT = sizeof preferences / sizeof *preferences,
    ATTEMPTS = PREFERENCE_COUNT * SHAPE_COUNT,
    MAX_DEPTH_OF_VALUES = 24
};
static const int64_t size_limit = (int64_t)1 << 28;

static int64_t preferred(const struct numbers *numbers)
{
    int64_t base = preferences[numbers->attempt / SHAPE_COUNT];
    int64_t rank = (int64_t)numbers->choices.len + 1;

    switch ((enum shape)(numbers->attempt % SHAPE_COUNT)) {
    case SHAPE_RISING:
        return base * rank;
    case SHAPE_FALLING:
        return base / rank > 0 ? base / rank : 1;
    default:
        return base;
    }
}

static int64_t choose(const struct numbers *numbers, value_id value)
{
    struct range range = range_of(numbers->engine, &numbers->state, value);
    int64_t number = preferred(numbers);

    if (number < range.low)
        number = range.low;
    if (number > range.high)
        number = range.high;
    while (number < range.high &&
           !range_contains(&range, number)) /* a hole: few follow each other */
        number++;
    while (number > range.low && !range_contains(&range, number))
        number--;
    return number;
}

static int64_t chosen(struct numbers *numbers, value_id value)
{
    uint32_t known = map_get_u64(&numbers->chosen, value);

    if (known != MAP_NONE)
        return numbers->choices.data[known];
    int64_t number = choose(numbers, value);
    vec_push(numbers->engine->arena, &numbers->choices, number);
    map_set_u64(&numbers->chosen, value, (uint32_t)numbers->choices.len - 1);
    return number;
}

/* As the machine computes: wrapping around. */
static int64_t wrap_add(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static int64_t wrap_mul(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a * (uint64_t)b);
}

static int64_t evaluate(struct numbers *numbers, value_id id, int depth)
{
    const struct values *values = &numbers->engine->values;
    struct value value = *value_at(values, id);
    int64_t result = value.number;

    if (depth > MAX_DEPTH_OF_VALUES)
        return chosen(numbers, id);
    if (value.kind == VALUE_OPERATION && value.sub < 100) {
        int64_t a = evaluate(numbers, value.a, depth + 1);
        int64_t b = evaluate(numbers, value.b, depth + 1);
        return value_fold(value.sub, a, b, &result) ? result : chosen(numbers, id);
    }
    if (value.kind != VALUE_INT)
        return chosen(numbers, id);
    for (const struct term *term = term_at(values, value.a); term;
         term = term_at(values, term->next)) {
        int64_t product = term->coefficient;
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            product = wrap_mul(product, evaluate(numbers, m->atom, depth + 1));
        result = wrap_add(result, product);
    }
    return result;
}

/* Assumptions about integers that the choices break. */
static size_t count_broken(struct numbers *numbers)
{
    size_t broken = 0;
    struct pmap_iter iter = pmap_begin(numbers->state.ranges);

    for (uint64_t value, number; pmap_next(&iter, &value, &number);) {
        const struct value *about = value_at(&numbers->engine->values, (value_id)value);
        const struct range *range = table_at(&numbers->engine->ranges, (uint32_t)number);
        if (about->kind == VALUE_INT || about->kind == VALUE_OPERATION)
            broken += !range_contains(range, evaluate(numbers, (value_id)value, 0));
    }
    return broken;
}

static void start_attempt(struct numbers *numbers, size_t attempt)
{
    numbers->chosen = (struct map){.arena = numbers->engine->arena};
    numbers->choices.len = 0;
    numbers->attempt = attempt;
}

static size_t try_attempt(struct numbers *numbers, size_t attempt, const value_id *wanted,
                          size_t count)
{
    size_t broken = 0;

    start_attempt(numbers, attempt);
    for (size_t i = 0; i < count; i++)
        if (wanted[i] != VALUE_NONE && llabs(evaluate(numbers, wanted[i], 0)) > size_limit)
            broken++;
    return broken + count_broken(numbers);
}

void numbers_choose(struct numbers *numbers, struct engine *engine, const struct state *state,
                    const value_id *wanted, size_t count)
{
    size_t best = 0, fewest = SIZE_MAX;

    *numbers = (struct numbers){.engine = engine, .state = *state};
    /* the steps of the path are about values, too, that it has forgotten since */
    ranges_recall(engine, &numbers->state);
    for (size_t attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
        size_t broken = try_attempt(numbers, attempt, wanted, count);
        if (broken < fewest) {
            best = attempt;
            fewest = broken;
        }
    }
    try_attempt(numbers, best, wanted, count);
}

int64_t numbers_of(struct numbers *numbers, value_id value)
{
    return evaluate(numbers, value, 0);
}
