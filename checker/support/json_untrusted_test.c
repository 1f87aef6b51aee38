#include "support/json_untrusted.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <string.h>

/* `first`, then `count` times `more`, then `last`. */
static json_t *load(const char *first, const char *more, size_t count, const char *last,
                    json_error_t *problem)
{
    struct arena *arena = arena_new();
    struct strbuf text;
    json_t *json;

    strbuf_init(&text, arena);
    strbuf_adds(&text, first);
    for (size_t i = 0; i < count; i++)
        strbuf_adds(&text, more);
    strbuf_adds(&text, last);
    json = json_load_untrusted(text.text, text.len, problem);
    arena_free(arena);
    return json;
}

static void what_is_sane_is_read(void **state)
{
    json_error_t problem;
    json_t *json = load("[{\"a\": \"{[,\\\"{[,\"}", ", {}", 1000, "]", &problem);

    (void)state;
    assert_non_null(json);
    assert_int_equal(json_array_size(json), 1001);
    json_decref(json);
}

/* Brackets and commas in strings are text. */
static void a_long_string_is_one_value(void **state)
{
    json_error_t problem;
    json_t *json = load("[\"", "{[,\\\"\\\\", JSON_MOST_CONTAINERS / 2 + 1, "\"]", &problem);

    (void)state;
    assert_non_null(json);
    json_decref(json);
}

static void too_many_containers_are_refused(void **state)
{
    json_error_t problem;

    (void)state;
    assert_null(load("[\n{}", ",{}", JSON_MOST_CONTAINERS, "]", &problem));
    assert_string_equal(problem.text, "it holds too many values");
    assert_int_equal(problem.line, 2);
}

static void too_many_values_are_refused(void **state)
{
    json_error_t problem;

    (void)state;
    assert_null(load("[1", ",1", JSON_MOST_VALUES, "]", &problem));
    assert_string_equal(problem.text, "it holds too many values");
}

static void broken_text_is_told_as_ever(void **state)
{
    json_error_t problem;

    (void)state;
    assert_null(load("[\"", "\\", 1, "", &problem));
    assert_int_equal(problem.line, 1);
    assert_null(load("", "", 0, "", &problem));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sane_is_read),
        cmocka_unit_test(a_long_string_is_one_value),
        cmocka_unit_test(too_many_containers_are_refused),
        cmocka_unit_test(too_many_values_are_refused),
        cmocka_unit_test(broken_text_is_told_as_ever),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
