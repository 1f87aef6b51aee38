#include "engine/value/range.h"
#include "ir/ir.h"
#include "support/testing.h"

static void holes_and_ends(void **state)
{
    (void)state;
    struct range range = range_between(0, 9);
    for (int64_t number = 4; number >= 2; number--)
        range = range_without(range, number);
    assert_int_equal(range.hole_count, 3);
    assert_false(range_contains(&range, 3));
    assert_true(range_contains(&range, 5));
    range = range_without(range, 0);
    assert_int_equal(range.low, 1);
    range = range_without(range, 1); /* and on over the holes behind it */
    assert_int_equal(range.low, 5);
    assert_int_equal(range.hole_count, 0);
    range = range_without(range_without(range, 8), 9);
    assert_int_equal(range.high, 7);
}

static void what_is_left_is_nothing(void **state)
{
    (void)state;
    struct range range = range_between(1, 2);
    range = range_without(range_without(range, 1), 2);
    assert_true(range_is_empty(&range));
    struct range low = range_between(0, 3), high = range_between(4, 8);
    range = range_intersection(low, &high);
    assert_true(range_is_empty(&range));
}

static void more_holes_than_fit(void **state)
{
    (void)state;
    struct range range = range_everything();
    for (int64_t number = 0; number <= RANGE_HOLES; number++)
        range = range_without(range, number * 10);
    assert_int_equal(range.hole_count, RANGE_HOLES);
    assert_true(range_contains(&range, 0)); /* forgotten: never wrongly excluded */
    assert_false(range_contains(&range, RANGE_HOLES * 10));
}

static void intersections_keep_the_holes_of_both(void **state)
{
    (void)state;
    struct range a = range_without(range_everything(), 0);
    struct range b = range_without(range_between(-5, 5), 3);
    struct range both = range_intersection(a, &b);
    assert_int_equal(both.low, -5);
    assert_int_equal(both.high, 5);
    assert_false(range_contains(&both, 0));
    assert_false(range_contains(&both, 3));
}

static void products(void **state)
{
    (void)state;
    struct range a = range_without(range_everything(), 0), b = range_between(1, 4);
    struct range product = range_product(&a, &b);
    assert_false(range_contains(&product, 0));
    struct range linear = range_linear(&b, -2, 1);
    assert_int_equal(linear.low, -7);
    assert_int_equal(linear.high, -1);
    linear = range_linear(&a, 8, 4);
    assert_false(range_contains(&linear, 4));
    assert_int_equal(linear.high, INT64_MAX);
}

static void comparisons(void **state)
{
    (void)state;
    struct range range = range_without(range_between(1, 5), 3);
    assert_int_equal(range_compare(&range, IR_EQ, 3), TRUTH_FALSE);
    assert_int_equal(range_compare(&range, IR_NE, 3), TRUTH_TRUE);
    assert_int_equal(range_compare(&range, IR_EQ, 2), TRUTH_UNKNOWN);
    assert_int_equal(range_compare(&range, IR_GT, 0), TRUTH_TRUE);
    assert_int_equal(range_compare(&range, IR_LE, 4), TRUTH_UNKNOWN);
    assert_int_equal(range_compare(&range, IR_GE, 6), TRUTH_FALSE);
}

static void quotients(void **state)
{
    (void)state;
    struct range some = range_between(8, 90), few = range_between(2, 4);
    struct range range = range_quotient(&some, &few);
    assert_int_equal(range.low, 2);
    assert_int_equal(range.high, 90);
    struct range none = range_between(1, 0), signs = range_between(-1, 4);
    range = range_quotient(&some, &none); /* nothing is divided by the 0 in there */
    assert_int_equal(range.low, INT64_MIN);
    range = range_quotient(&some, &signs);
    assert_int_equal(range.high, INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_and_ends),
        cmocka_unit_test(what_is_left_is_nothing),
        cmocka_unit_test(more_holes_than_fit),
        cmocka_unit_test(intersections_keep_the_holes_of_both),
        cmocka_unit_test(products),
        cmocka_unit_test(quotients),
        cmocka_unit_test(comparisons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
