/* Baselines: written, read, applied, pruned. */
#include "findings/baseline.h"
#include "findings/fixture.h"
#include "support/file.h"

#include <stdlib.h>
#include <unistd.h>

static const char *temporary_file(struct arena *arena)
{
    char name[] = "/tmp/findings_test_XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    close(file);
    return arena_strdup(arena, name);
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
    assert_null(baseline_read(findings->arena, path, true, &baseline));
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
    assert_null(baseline_read(findings->arena, path, true, &baseline));
    findings->list.len = 0;
    baseline_apply(&baseline, findings);
    assert_true(baseline_is_stale(&baseline.entries.data[0], ROOT, files, 1));
    assert_false(baseline_is_stale(&baseline.entries.data[0], ROOT, others, 1));

    assert_null(baseline_write(path, findings, &baseline, others, 1)); /* not looked at: kept */
    assert_null(baseline_read(findings->arena, path, true, &baseline));
    assert_int_equal(baseline.entries.len, 1);
    assert_null(baseline_write(path, findings, &baseline, files, 1)); /* gone: dropped */
    assert_null(baseline_read(findings->arena, path, true, &baseline));
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
        const struct error *error = baseline_read(findings->arena, path, true, &baseline);
        assert_non_null(error);
        assert_int_equal(error->kind, ERROR_USAGE);
        assert_non_null(strstr(error->message, path));
    }
    unlink(path);
    assert_non_null(baseline_read(findings->arena, path, true, &baseline));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_baseline),
        TEST(test_baseline_prune),
        TEST(test_broken_baselines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
