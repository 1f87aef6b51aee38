/* Which lines a diff changes. */
#include "findings/changed.h"
#include "findings/fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_diff),
        TEST(test_diff_with_context),
        TEST(test_broken_diffs),
        TEST(test_changed_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
