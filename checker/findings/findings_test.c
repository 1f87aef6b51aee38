/* The findings room: order, fingerprints, NOLINT, baselines, diffs. */
#include "findings/baseline.h"
#include "findings/changed.h"
#include "findings/finding.h"
#include "findings/suppress.h"
#include "findings/text.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROOT "/project"
#define SOURCE ROOT "/a.cu"

static const struct rule_info rules[] = {
    {"already-pinned", LEVEL_ERROR, "", ""},
    {"unchecked-call", LEVEL_WARNING, "", ""},
};
static const struct rule_table table = {rules, 2};

static int make_findings(void **state)
{
    struct arena *arena = arena_new();
    struct findings *findings = arena_new_object(arena, struct findings);
    *findings = (struct findings){.arena = arena, .root = ROOT, .texts = text_cache_new(arena)};
    *state = findings;
    return 0;
}

static int drop_findings(void **state)
{
    arena_free(((struct findings *)*state)->arena);
    return 0;
}

static void set_source(struct findings *findings, const char *source)
{
    findings->texts = text_cache_new(findings->arena);
    text_inject(findings->texts, SOURCE, source, strlen(source));
}

/* A finding at the `number`-th (from 0) occurrence of `what` in the source. */
static struct finding *add(struct findings *findings, const char *rule, const char *what,
                           size_t number)
{
    const struct text *text = text_get(findings->texts, SOURCE);
    const char *at = strstr(text->bytes, what);
    for (; number; number--)
        at = strstr(at + 1, what);
    assert_non_null(at);
    struct finding *finding = vec_add(findings->arena, &findings->list);
    *finding = (struct finding){.rule = rule};
    finding->level = LEVEL_WARNING;
    finding->message = "message";
    finding->function = "f";
    finding->at.file = SOURCE;
    finding->at.offset = (uint32_t)(at - text->bytes);
    finding->at.end_offset = finding->at.offset + (uint32_t)strlen(what);
    while (finding->at.line < text->line_count &&
           text->line_starts[finding->at.line] <= finding->at.offset)
        finding->at.line++;
    finding->at.column = finding->at.offset - text->line_starts[finding->at.line - 1] + 1;
    finding->at.end_line = finding->at.line;
    finding->at.end_column = finding->at.column + (uint32_t)strlen(what);
    return finding;
}

/* ---- order and fingerprints ------------------------------------------------------------ */

static void test_order(void **state)
{
    struct findings *findings = *state;
    set_source(findings, "x();\ny(); z();\n");
    add(findings, "unchecked-call", "z()", 0);
    add(findings, "unchecked-call", "x()", 0);
    add(findings, "unchecked-call", "y()", 0);
    add(findings, "already-pinned", "y()", 0);
    add(findings, "unchecked-call", "y()", 0); /* again, with a longer path: dropped */
    struct finding *longer = &findings->list.data[4];
    vec_push(findings->arena, &longer->path, (struct path_step){longer->at, "step"});
    findings_finish(findings);
    assert_int_equal(findings->list.len, 4);
    static const uint32_t offsets[] = {0, 5, 5, 10};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(findings->list.data[i].at.offset, offsets[i]);
    assert_string_equal(findings->list.data[1].rule, "already-pinned");
    assert_int_equal(findings->list.data[2].path.len, 0);
}

static const char *fingerprint_of(struct findings *findings, const char *source, const char *what,
                                  size_t number)
{
    findings->list.len = 0;
    set_source(findings, source);
    for (size_t i = 0; i <= number; i++)
        add(findings, "already-pinned", what, i);
    findings_finish(findings);
    return findings->list.data[number].fingerprint;
}

static void test_fingerprints(void **state)
{
    struct findings *f = *state;
    const char *first = fingerprint_of(f, "reg(p, n);\n", "reg(p, n)", 0);
    assert_int_equal(strlen(first), 32);
    assert_string_equal(first, fingerprint_of(f, "\n\n  reg(p, n);\n", "reg(p, n)", 0));
    assert_string_equal(first, fingerprint_of(f, "reg(p,\n\t  n);\n", "reg(p,\n\t  n)", 0));
    assert_string_not_equal(first, fingerprint_of(f, "reg(p, m);\n", "reg(p, m)", 0));
    const char *second = fingerprint_of(f, "reg(p, n);\nreg(p, n);\n", "reg(p, n)", 1);
    assert_string_not_equal(first, second);
    assert_string_equal(first, f->list.data[0].fingerprint);
    f->root = "/";
    assert_string_not_equal(first, fingerprint_of(f, "reg(p, n);\n", "reg(p, n)", 0));
}

static void test_lines(void **state)
{
    struct findings *findings = *state;
    set_source(findings, "a\r\nb\rc\n\nlast");
    const struct text *text = text_get(findings->texts, SOURCE);
    assert_int_equal(text->line_count, 5);
    static const char *const lines[] = {"a", "b", "c", "", "last", ""};
    for (uint32_t i = 0; i < 6; i++) {
        struct text_span span = text_line(text, i + 1);
        assert_int_equal(span.len, strlen(lines[i]));
        assert_memory_equal(span.bytes, lines[i], span.len);
    }
    assert_null(text_get(findings->texts, "/nonexistent"));
    set_source(findings, "\xc3\xa9\xf0\x9f\x98\x80x\n");
    text = text_get(findings->texts, SOURCE);
    assert_int_equal(text_utf16_column(text, 1, 1), 1);
    assert_int_equal(text_utf16_column(text, 1, 3), 2);
    assert_int_equal(text_utf16_column(text, 1, 7), 4);
    assert_int_equal(text_utf16_column(text, 1, 8), 5);
    assert_string_equal(text_path_below("/a/b/", "/a/b/c/d"), "c/d");
    assert_string_equal(text_path_below("/a/b", "/a/bc/d"), "/a/bc/d");
    assert_string_equal(text_path_below("/", "/a"), "a");
}

/* ---- NOLINT ---------------------------------------------------------------------------- */

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

/* ---- baselines ------------------------------------------------------------------------- */

static const char *temporary_file(struct arena *arena)
{
    char name[] = "/tmp/findings_test_XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    close(file);
    return arena_strdup(arena, name);
}

static void find(struct findings *findings, const char *source, size_t count)
{
    findings->list.len = 0;
    set_source(findings, source);
    for (size_t i = 0; i < count; i++)
        add(findings, "already-pinned", "x()", i);
    findings_finish(findings);
}

static void test_baseline(void **state)
{
    struct findings *findings = *state;
    static const char *const files[] = {SOURCE};
    const char *path = temporary_file(findings->arena);
    find(findings, "x();\nx();\n", 2);
    findings->list.data[1].suppressed_by = "NOLINT";
    assert_null(baseline_write(path, findings, NULL, files, 1));

    struct baseline baseline;
    assert_null(baseline_read(findings->arena, path, &baseline));
    assert_int_equal(baseline.entries.len, 1);
    assert_string_equal(baseline.entries.data[0].file, "a.cu");
    find(findings, "\n\n\nx();\nx();\n", 2);
    assert_int_equal(baseline_apply(&baseline, findings), 1);
    assert_string_equal(findings->list.data[0].suppressed_by, "baseline");
    assert_null(findings->list.data[1].suppressed_by);
    assert_false(baseline_is_stale(&baseline.entries.data[0], ROOT, files, 1));
    unlink(path);
}

static void test_baseline_prune(void **state)
{
    struct findings *findings = *state;
    static const char *const files[] = {SOURCE}, *const others[] = {ROOT "/b.cu"};
    const char *path = temporary_file(findings->arena);
    find(findings, "x();\n", 1);
    assert_null(baseline_write(path, findings, NULL, files, 1));
    struct baseline baseline;
    assert_null(baseline_read(findings->arena, path, &baseline));
    findings->list.len = 0;
    baseline_apply(&baseline, findings);
    assert_true(baseline_is_stale(&baseline.entries.data[0], ROOT, files, 1));
    assert_false(baseline_is_stale(&baseline.entries.data[0], ROOT, others, 1));

    assert_null(baseline_write(path, findings, &baseline, others, 1)); /* not looked at: kept */
    assert_null(baseline_read(findings->arena, path, &baseline));
    assert_int_equal(baseline.entries.len, 1);
    assert_null(baseline_write(path, findings, &baseline, files, 1)); /* gone: dropped */
    assert_null(baseline_read(findings->arena, path, &baseline));
    assert_int_equal(baseline.entries.len, 0);
    unlink(path);
}

static void test_broken_baselines(void **state)
{
    struct findings *findings = *state;
    static const char *const contents[] = {"",
                                           "[1",
                                           "[]",
                                           "{\"version\":1}",
                                           "{\"version\":2,\"findings\":[]}",
                                           "{\"version\":1,\"findings\":[{}]}",
                                           "{\"version\":1,\"findings\":7}"};
    const char *path = temporary_file(findings->arena);
    struct baseline baseline;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        assert_null(file_replace(findings->arena, path, contents[i], strlen(contents[i])));
        const struct error *error = baseline_read(findings->arena, path, &baseline);
        assert_non_null(error);
        assert_int_equal(error->kind, ERROR_USAGE);
        assert_non_null(strstr(error->message, path));
    }
    unlink(path);
    assert_non_null(baseline_read(findings->arena, path, &baseline));
}

/* ---- diffs ----------------------------------------------------------------------------- */

static bool line_changed(const struct changed *changed, const char *file, uint32_t line)
{
    struct position at = {.file = file, .line = line, .end_line = line};
    return changed_holds(changed, &at);
}

static void read_diff(struct findings *findings, const char *diff, struct changed *changed)
{
    const struct error *error = changed_read(findings->arena, diff, strlen(diff), ROOT, changed);
    if (error)
        fail_msg("%s", error->message);
}

static void check_lines(const struct changed *changed, const char *file, const char *expected)
{
    for (uint32_t line = 1; line <= strlen(expected); line++)
        if (line_changed(changed, file, line) != (expected[line - 1] == '+'))
            fail_msg("line %u of %s", line, file);
}

static void test_diff(void **state)
{
    struct changed changed;
    read_diff(*state,
              "diff --git a/a.cu b/a.cu\nindex 1..2 100644\n--- a/a.cu\n+++ b/a.cu\n"
              "@@ -2 +2,2 @@ int f()\n-old\n+new\n+newer\n"
              "@@ -7,0 +9 @@\n+++ looks like a header\n"
              "@@ -9,2 +10,0 @@\n---- looks like one too\n-gone\n"
              "diff --git a/gone.cu b/gone.cu\n--- a/gone.cu\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
              "diff --git \"a/\\303\\266.cu\" \"b/\\303\\266.cu\"\nnew file mode 100644\n"
              "--- /dev/null\n+++ \"b/\\303\\266.cu\"\n@@ -0,0 +1,2 @@\n+a\n+b\n"
              "\\ No newline at end of file\n"
              "diff --git a/x b/x\nBinary files a/x and b/x differ\n",
              &changed);
    check_lines(&changed, SOURCE, ".++.....+++..");
    check_lines(&changed, ROOT "/\xc3\xb6.cu", "++.");
    assert_int_equal(changed.files.len, 2);
}

static void test_diff_with_context(void **state)
{
    struct changed changed;
    read_diff(
        *state,
        "From: someone\nSubject: +++ nothing\n\n--- a.cu\t2024-01-01 00:00:00\n"
        "+++ a.cu\t2024-01-02 00:00:00\n"
        "@@ -1,7 +1,7 @@\n one\n\n-three\n+drei\n four\n-five\n six\n+seven\n eight\n--\n2.39\n",
        &changed);
    check_lines(&changed, SOURCE, "..++++...");
}

static void test_broken_diffs(void **state)
{
    struct findings *findings = *state;
    static const char *const diffs[] = {"hello\n", "--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n-a\n+b\n",
                                        "--- a/a\n+++ b/a\n@@ -1 +x @@\n-a\n+b\n",
                                        "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n-b\n+c\n"};
    struct changed changed;
    for (size_t i = 0; i < sizeof diffs / sizeof *diffs; i++)
        assert_non_null(changed_read(findings->arena, diffs[i], strlen(diffs[i]), ROOT, &changed));
    read_diff(findings, "", &changed);
    assert_int_equal(changed.files.len, 0);
}

static void test_changed_filter(void **state)
{
    struct findings *findings = *state;
    struct changed changed;
    find(findings, "x();\nx();\nx();\n", 3);
    struct finding *last = &findings->list.data[2];
    struct position second = findings->list.data[1].at;
    vec_push(findings->arena, &last->path, (struct path_step){second, "registered here"});
    read_diff(findings, "--- a/a.cu\n+++ b/a.cu\n@@ -2 +2 @@\n-y();\n+x();\n", &changed);
    assert_int_equal(changed_filter(&changed, findings), 1);
    assert_int_equal(findings->list.len, 2);
    assert_int_equal(findings->list.data[0].at.line, 2);
    assert_int_equal(findings->list.data[1].at.line, 3); /* by its path */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_findings, drop_findings)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),          TEST(test_fingerprints),      TEST(test_lines),
        TEST(test_nolint),         TEST(test_nolint_in_macro),   TEST(test_nolint_problems),
        TEST(test_baseline),       TEST(test_baseline_prune),    TEST(test_broken_baselines),
        TEST(test_diff),           TEST(test_diff_with_context), TEST(test_broken_diffs),
        TEST(test_changed_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
