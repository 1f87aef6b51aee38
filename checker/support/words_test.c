/* Globs, regular expressions and suggestions. */
#include "support/glob.h"
#include "support/pattern.h"
#include "support/suggest.h"
#include "support/testing.h"

#include <string.h>

static void test_globs(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool matches;
    } cases[] = {
        {"*", "", true},          {"*", "a/b", true},       {"a*c", "abc", true},
        {"a*c", "abd", false},    {"a*b*c", "abxbc", true}, {"", "", true},
        {"", "a", false},         {"a?", "ab", false},      {"*-size", "zero-size", true},
        {"*aab", "aaaaab", true}, {"zero", "zeros", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (glob_match(cases[i].pattern, strlen(cases[i].pattern), cases[i].name) !=
            cases[i].matches)
            fail_msg("%s and %s", cases[i].pattern, cases[i].name);
}

static void test_path_globs(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        {"third_party/**", "third_party/a/b.cu", true},
        {"third_party/**", "third_partyx/a", false},
        {"third_party/**", "third_party", false},
        {"**/*.cu", "a.cu", true},
        {"**/*.cu", "x/y/a.cu", true},
        {"**/b.cu", "xb.cu", false}, /* whole parts only */
        {"**/b.cu", "x/xb.cu", false},
        {"**/b.cu", "x/b.cu", true},
        {"src/*.cu", "src/a/b.cu", false},
        {"src/*.cu", "src/b.cu", true},
        {"a/**/b.cu", "a/b.cu", true},
        {"a/**/b.cu", "a/x/y/b.cu", true},
        {"a/**/x*z/?.cu", "a/b/xyz/xz/c.cu", true},
        {"**/t/*x", "q/t/y/x", false},
        {"**/t/*x", "q/t/y/t/ax", true},
        {"?", "/", false},
        {"*", "x/y", false},
        {"**", "x/y", true},
        {"a**b", "a/x/b", true},
        {"", "", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (glob_match_path(cases[i].pattern, cases[i].path) != cases[i].matches)
            fail_msg("%s and %s", cases[i].pattern, cases[i].path);
}

/* Many stars must not take exponential time. */
static void test_hostile_glob(void **state)
{
    (void)state;
    char pattern[2001], path[20001];
    for (size_t i = 0; i + 1 < sizeof pattern; i += 2)
        memcpy(pattern + i, "*a", 2);
    pattern[sizeof pattern - 1] = '\0';
    memset(path, 'a', sizeof path);
    path[sizeof path - 2] = 'b';
    path[sizeof path - 1] = '\0';
    assert_false(glob_match_path(pattern, path));
    assert_false(glob_match(pattern, sizeof pattern - 1, path));
}

static void test_patterns(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *why = NULL;
    const struct pattern *whole = pattern_compile(arena, "a|ab", true, &why);
    const struct pattern *part = pattern_compile(arena, "b+", false, &why);
    assert_true(pattern_matches(whole, "ab", 2));
    assert_false(pattern_matches(whole, "abc", 3));
    assert_true(pattern_matches(part, "abc", 3));
    assert_false(pattern_matches(part, "abc", 1)); /* the length counts */
    assert_null(pattern_compile(arena, "a(b", true, &why));
    assert_string_equal(why, "at character 4: missing closing parenthesis");
    const struct pattern *slow = pattern_compile(arena, "(a+)+b", true, &why);
    assert_false(pattern_matches(slow, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", 40));
    arena_free(arena);
}

static void test_suggestions(void **state)
{
    (void)state;
    static const char *const words[] = {"allocates", "releases", "checks", "a"};
    const size_t count = sizeof words / sizeof *words;
    assert_string_equal(suggest("alocates", words, count, sizeof *words), "allocates");
    assert_string_equal(suggest("chekcs", words, count, sizeof *words), "checks");
    assert_string_equal(suggest("release", words, count, sizeof *words), "releases");
    assert_null(suggest("completely", words, count, sizeof *words));
    assert_null(suggest("b", words, count, sizeof *words));
    assert_null(suggest("", words, count, sizeof *words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_globs),        cmocka_unit_test(test_path_globs),
        cmocka_unit_test(test_hostile_glob), cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
