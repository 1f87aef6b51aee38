/* NOLINT comments. */
#include "findings/fixture.h"
#include "findings/suppress.h"

static const struct rule_info rules[] = {
    {"already-pinned", LEVEL_ERROR, "", ""},
    {"unchecked-call", LEVEL_WARNING, "", ""},
};
static const struct rule_table table = {rules, 2};

/* How many findings of already-pinned at "x()" (each one in the source) are suppressed. */
static size_t suppressed(struct findings *findings, const char *source,
                         struct suppress_result *result)
{
    static const char *const files[] = {SOURCE};
    findings->list.len = 0;
    set_source(findings, source);
    size_t count = 0;
    for (const char *at = source; (at = strstr(at, "x()")) != NULL; at++)
        add(findings, "already-pinned", "x()", count++);
    findings_finish(findings);
    suppress_nolint(findings, &table, files, 1, result);
    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.data[i].suppressed_by)
            assert_string_equal(findings->list.data[i].suppressed_by, "NOLINT");
    return result->suppressed;
}

static void test_nolint(void **state)
{
    struct findings *f = *state;
    static const struct {
        const char *source;
        size_t expected;
    } cases[] = {
        {"x(); // NOLINT\n", 1},
        {"x(); // NOLINT: because\n", 1},
        {"x(); /* NOLINT */ x();\n", 2},
        {"x(); // nolint\n", 0},
        {"x(); // NOLINTX\n", 0},
        {"x();\n// NOLINT\n", 0},
        {"x(); // NOLINT(already-pinned)\n", 1},
        {"x(); // NOLINT(unchecked-call)\n", 0},
        {"x(); // NOLINT( unchecked-call , already-pinned )\n", 1},
        {"x(); // NOLINT (unchecked-call)\n", 1},
        {"x(); // NOLINT(already-*)\n", 1},
        {"x(); // NOLINT(*-pinned,google-*)\n", 1},
        {"x(); // NOLINT(*,-already-pinned)\n", 1},
        {"x(); // NOLINT(-already-pinned)\n", 0},
        {"x(); // NOLINT()\n", 0},
        {"x(); // NOLINT(already-pinned\n", 1},
        {"x(); // NOLINT(unchecked-call) NOLINT(already-pinned)\n", 1},
        {"// NOLINTNEXTLINE\nx();\n", 1},
        {"// NOLINTNEXTLINE(already-pinned)\nx();\nx();\n", 1},
        {"// NOLINTNEXTLINE\n\nx();\n", 0},
        {"x(); // NOLINTNEXTLINE\n", 0},
        {"// NOLINTBEGIN\nx();\nx();\n// NOLINTEND\nx();\n", 2},
        {"// NOLINTBEGIN(already-pinned)\nx();\n// NOLINTEND(already-pinned)\n", 1},
        {"// NOLINTBEGIN( already-pinned )\nx();\n// NOLINTEND(already-pinned)\n", 1},
        {"// NOLINTBEGIN(unchecked-call)\nx();\n// NOLINTEND(unchecked-call)\n", 0},
        {"// NOLINTBEGIN(already-pinned)\nx();\n// NOLINTEND\n", 0},
        {"// NOLINTBEGIN\nx();\n", 0},
        {"// NOLINTBEGIN(a*)\n// NOLINTBEGIN(u*)\nx();\n// NOLINTEND(u*)\nx();\n"
         "// NOLINTEND(a*)\nx();\n",
         2},
    };
    struct suppress_result result;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (suppressed(f, cases[i].source, &result) != cases[i].expected)
            fail_msg("%s gives %zu", cases[i].source, result.suppressed);
}

static void test_nolint_in_macro(void **state)
{
    struct findings *findings = *state;
    set_source(findings, "#define A x() \\\n  + 1 /* NOLINT */\n#define B x()\ny(A, B);\n");
    for (int i = 0; i < 2; i++) {
        struct finding *finding = add(findings, "already-pinned", i ? "B)" : "A,", 0);
        finding->at.macro = i ? "B" : "A";
        finding->at.macro_file = SOURCE;
        finding->at.macro_line = i ? 3 : 1;
    }
    findings_finish(findings);
    struct suppress_result result;
    suppress_nolint(findings, &table, NULL, 0, &result);
    assert_int_equal(result.suppressed, 1);
    assert_non_null(findings->list.data[0].suppressed_by);
    assert_null(findings->list.data[1].suppressed_by);
}

static void test_nolint_problems(void **state)
{
    struct findings *f = *state;
    struct suppress_result result;
    suppressed(f, "a; // NOLINT(already-pined)\nb; // NOLINT(no-such-rule, already-pined)\n",
               &result);
    assert_int_equal(result.problems.len, 2);
    assert_string_equal(
        result.problems.data[0].message,
        "NOLINT names the unknown rule 'already-pined'; did you mean 'already-pinned'?");
    assert_int_equal(result.problems.data[0].line, 1);
    assert_int_equal(result.problems.data[0].column, 7);
    assert_string_equal(result.problems.data[1].message,
                        "NOLINT names the unknown rule 'no-such-rule'");
    suppressed(f, "a; // NOLINT(google-x, build/include, all*, -y, already-pinned, core.Null)\n",
               &result);
    assert_int_equal(result.problems.len, 0);
    suppressed(f, "// NOLINTEND\n// NOLINTBEGIN\n// NOLINTBEGIN(google-*)\n", &result);
    assert_int_equal(result.problems.len, 2);
    assert_int_equal(result.problems.data[0].line, 1);
    assert_non_null(strstr(result.problems.data[1].message, "has no NOLINTEND"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nolint),
        TEST(test_nolint_in_macro),
        TEST(test_nolint_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
