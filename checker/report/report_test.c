/* Every format, of the same findings, against the files of testdata/report/. After a change on
 * purpose: CUHOSTLINT_UPDATE=1 build/report_test writes them anew; read the difference. */
#include "report/line_hash.h"
#include "report/report.h"
#include "report/snippet.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the sample ------------------------------------------------------------------------ */

struct sample {
    struct arena *arena;
    const char *golden; /* the real folder of the expected files */
    struct findings findings;
    struct report_run run;
};

/* The findings stand in files of a folder that is the same on every machine. */
#define ROOT "/work of/project"
#define SOURCE ROOT "/src/größe [1].cu"

static const char page[] = "# already-pinned\n\nMemory of a pinned allocator is registered "
                           "already.\nAgain is an error.\n\n## Wrong\n```c\nx();\n```\n";
static const struct rule_info rules[] = {
    {"already-pinned", LEVEL_ERROR, "pinned memory is registered again", page},
    {"freed-while-registered", LEVEL_ERROR, "memory is released while it is registered", page},
    {"unchecked-call", LEVEL_WARNING, "the status of a call is dropped", ""},
};

static const struct report_site other_sites[] = {
    {"cudaHostRegister", 40, 3, "inactive", "#if USE_CUDA"}};
static const struct report_file files[] = {
    {SOURCE, REPORT_FILE_ANALYSED, NULL, 0.25, 3, other_sites, 1},
    {ROOT "/src/clean.cu", REPORT_FILE_ANALYSED, NULL, 0.125, 0, NULL, 0},
    {ROOT "/src/b.cu", REPORT_FILE_INCOMPLETE, "header 'x.h' not found", 0.5, 0, NULL, 0},
    {"/elsewhere/c.cu", REPORT_FILE_FAILED, "the parser <crashed>", 1.5, 0, NULL, 0},
};
static const struct report_stat stats[] = {{"functions", 12}, {"secondsTotal", 2.375}};
static const char *const warnings[] = {"src/a.cu:3: NOLINT names the unknown rule 'already-pined'"};

/* The range of the first `what` in the source at or behind line `line`. */
static struct position place(const struct sample *s, uint32_t line, const char *what)
{
    const struct text *text = text_get(s->run.texts, SOURCE);
    const char *start = text->bytes + text->line_starts[line - 1];
    const char *found = strstr(start, what);
    assert_non_null(found);
    uint32_t offset = (uint32_t)(found - text->bytes);
    uint32_t end = offset + (uint32_t)strlen(what);
    struct position at = {.file = SOURCE, .offset = offset, .end_offset = end};
    for (uint32_t i = 0; i < text->line_count; i++) {
        if (text->line_starts[i] <= offset) {
            at.line = i + 1;
            at.column = offset - text->line_starts[i] + 1;
        }
        if (text->line_starts[i] <= end) {
            at.end_line = i + 1;
            at.end_column = end - text->line_starts[i] + 1;
        }
    }
    return at;
}

static struct finding *add(struct sample *s, const char *rule, enum level level,
                           const char *message, struct position at)
{
    struct finding *finding = vec_add(s->arena, &s->findings.list);
    finding->rule = rule;
    finding->level = level;
    finding->message = message;
    finding->at = at;
    finding->function = "pin";
    return finding;
}

static void add_step(struct sample *s, struct finding *finding, struct position at,
                     const char *message)
{
    vec_push(s->arena, &finding->path, (struct path_step){at, message});
}

static struct fix *add_fix(struct sample *s, struct finding *finding, const char *description)
{
    struct fix *fix = vec_add(s->arena, &finding->fixes);
    fix->description = description;
    return fix;
}

static void add_pinned(struct sample *s)
{
    struct finding *finding =
        add(s, "already-pinned", LEVEL_ERROR, "'p' is pinned memory of cudaMallocHost",
            place(s, 8, "cudaHostRegister(p, n, /* 漢 */ cudaHostRegisterPortable)"));
    finding->predicts = (struct prediction){"cudaHostRegister", 1, "cudaErrorInvalidValue"};
    add_step(s, finding, place(s, 7, "cudaMallocHost((void **)&p, n)"),
             "allocated by cudaMallocHost here");
    struct fix *fix = add_fix(s, finding, "ask for portable memory");
    vec_push(s->arena, &fix->replacements,
             (struct replacement){place(s, 8, "cudaHostRegisterPortable"), "cudaHostAllocDefault"});
}

static void add_freed(struct sample *s)
{
    struct finding *finding =
        add(s, "freed-while-registered", LEVEL_ERROR, "'p[0]' is freed while it is registered",
            place(s, 11, "free(p)"));
    add_step(s, finding, place(s, 8, "cudaHostRegister"), "registered here");
    struct fix *fix = add_fix(s, finding, "swap the free and the unregister");
    struct position gone = place(s, 11, "free(p);\n\t");
    struct position end = place(s, 12, "; //");
    end.offset = end.end_offset = end.offset + 1;
    end.column = end.end_column = end.column + 1;
    vec_push(s->arena, &fix->replacements, (struct replacement){gone, ""});
    vec_push(s->arena, &fix->replacements, (struct replacement){end, " free(p);"});
}

static int make_sample(void **state)
{
    struct arena *arena = arena_new();
    struct sample *s = arena_new_object(arena, struct sample);
    s->arena = arena;
    s->golden = CUHOSTLINT_TESTDATA "/report";
    struct text_cache *texts = text_cache_new(arena);
    const char *bytes;
    size_t len;
    assert_null(file_read(arena, arena_printf(arena, "%s/sample.cu", s->golden), &bytes, &len));
    text_inject(texts, SOURCE, bytes, len);
    s->findings = (struct findings){.arena = arena, .texts = texts, .root = ROOT};
    s->run = (struct report_run){
        .version = "1.2.3",
        .root = ROOT,
        .folder = ROOT "/src",
        .rules = {rules, sizeof rules / sizeof *rules},
        .pages_uri = "https://example.org/rules",
        .files = files,
        .file_count = sizeof files / sizeof *files,
        .stats = stats,
        .stat_count = sizeof stats / sizeof *stats,
        .warnings = warnings,
        .warning_count = 1,
        .texts = texts,
        .exit_status = 3,
    };
    add_freed(s);
    add(s, "unchecked-call", LEVEL_NOTE, "the status of cudaHostUnregister is dropped",
        place(s, 12, "cudaHostUnregister(p)"))
        ->suppressed_by = "NOLINT";
    add(s, "unchecked-call", LEVEL_WARNING, "the status of cudaHostRegister is dropped",
        place(s, 13, "cudaHostRegister(p,\n\t                 n,\n\t                 0)"));
    add(s, "unchecked-call", LEVEL_NOTE, "the status of cudaMallocHost is dropped",
        place(s, 7, "cudaMallocHost((void **)&p, n)"));
    add_pinned(s);
    findings_finish(&s->findings);
    *state = s;
    return 0;
}

static int drop_sample(void **state)
{
    struct sample *s = *state;
    arena_free(s->arena);
    return 0;
}

/* ---- formats --------------------------------------------------------------------------- */

static const char *written(struct sample *s, const char *format)
{
    char *bytes = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&bytes, &len);
    assert_null(report_write(s->arena, report_format_find(format), &s->findings, &s->run, out));
    fclose(out);
    const char *copy = arena_strdup(s->arena, bytes);
    free(bytes);
    return copy;
}

static void check_golden(struct sample *s, const char *format, const char *name)
{
    const char *path = arena_printf(s->arena, "%s/%s", s->golden, name);
    const char *actual = written(s, format);
    if (getenv("CUHOSTLINT_UPDATE"))
        assert_null(file_replace(s->arena, path, actual, strlen(actual)));
    const char *expected;
    size_t len;
    assert_null(file_read(s->arena, path, &expected, &len));
    assert_string_equal(actual, expected);
}

static void test_text(void **state)
{
    check_golden(*state, "text", "sample.txt");
}

static void test_text_in_color(void **state)
{
    struct sample *s = *state;
    s->run.color = true;
    check_golden(s, "text", "sample.color.txt");
}

static void test_json(void **state)
{
    check_golden(*state, "json", "sample.json");
}

static void test_sarif(void **state)
{
    check_golden(*state, "sarif", "sample.sarif");
}

static void test_sarif_with_suppressed(void **state)
{
    struct sample *s = *state;
    assert_null(strstr(written(s, "sarif"), "suppressions"));
    s->run.with_suppressed = true;
    check_golden(s, "sarif", "sample.suppressed.sarif");
}

static void test_github(void **state)
{
    check_golden(*state, "github", "sample.github.txt");
}

static void test_gitlab(void **state)
{
    check_golden(*state, "gitlab", "sample.gitlab.json");
}

static void test_checkstyle(void **state)
{
    check_golden(*state, "checkstyle", "sample.checkstyle.xml");
}

static void test_junit(void **state)
{
    check_golden(*state, "junit", "sample.junit.xml");
}

static size_t count(const char *text, const char *what)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
        found++;
    return found;
}

static void test_github_limit(void **state)
{
    struct sample *s = *state;
    for (uint32_t i = 0; i < 15; i++) {
        struct position at = place(s, 13, "0)");
        at.column = at.end_column = i + 1;
        add(s, "unchecked-call", LEVEL_WARNING, "the status, again: 100%\nis dropped", at);
    }
    const char *text = written(s, "github");
    assert_int_equal(count(text, "::warning "), 10);
    assert_int_equal(count(text, "\n6 more warnings not annotated"), 1);
    assert_true(strstr(text, "::error ") < strstr(text, "::warning "));
    assert_true(strstr(text, "::warning ") < strstr(text, "::notice "));
    assert_non_null(strstr(text, "the status, again: 100%25%0Ais dropped"));
}

static void test_no_findings(void **state)
{
    struct sample *s = *state;
    s->findings.list.len = 0;
    assert_string_equal(written(s, "text"), "");
    assert_string_equal(written(s, "github"), "");
    assert_string_equal(written(s, "gitlab"), "[]\n");
    assert_non_null(strstr(written(s, "json"), "\"findings\": []"));
    assert_non_null(strstr(written(s, "sarif"), "\"results\": []"));
    assert_non_null(strstr(written(s, "checkstyle"), "</checkstyle>"));
    assert_non_null(strstr(written(s, "junit"), "failures=\"0\" errors=\"1\""));
}

static void test_hostile_text(void **state)
{
    struct sample *s = *state;
    struct finding *finding = &s->findings.list.data[0];
    finding->function = "f\xff\x1b[31m";
    finding->message = "bad \xff\x1b]0;x\x07 & <name> \"quoted\" \xe2\x80\xae";
    const char *text = written(s, "text");
    assert_null(strchr(text, '\x1b'));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "bad <FF><U+001B>)0;x<U+0007> & <name>"));
    static const char *const others[] = {"json",   "sarif",      "github",
                                         "gitlab", "checkstyle", "junit"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_null(strchr(written(s, others[i]), '\x1b'));
        assert_null(strstr(written(s, others[i]), "\xe2\x80\xae"));
    }
    assert_non_null(strstr(written(s, "checkstyle"), "&#38; &#60;name&#62; &#34;quoted&#34;"));
    assert_non_null(strstr(written(s, "json"), "\"f\\uFFFD\\u001B[31m\""));
}

static void test_unknown_format(void **state)
{
    struct sample *s = *state;
    assert_null(report_format_find("xml"));
    assert_string_equal(report_format_names(s->arena),
                        "text, json, sarif, github, gitlab, checkstyle, junit");
}

/* ---- output files ---------------------------------------------------------------------- */

static void test_output_file(void **state)
{
    struct sample *s = *state;
    const char *folder = testing_folder(s->arena);
    const char *path = arena_printf(s->arena, "%s/out.json", folder);
    const struct report_format *json = report_format_find("json");
    assert_null(report_write_file(s->arena, json, &s->findings, &s->run, path));
    const char *bytes;
    size_t len;
    assert_null(file_read(s->arena, path, &bytes, &len));
    assert_string_equal(bytes, written(s, "json"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* no temporary file is left */
    const struct error *error =
        report_write_file(s->arena, json, &s->findings, &s->run, "/nonexistent/folder/x");
    assert_non_null(error);
    assert_int_equal(error->kind, ERROR_USAGE);
    assert_non_null(strstr(error->message, "/nonexistent/folder/x"));
}

static void test_full_disk(void **state)
{
    struct sample *s = *state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    const struct error *error = report_write_file(s->arena, report_format_find("sarif"),
                                                  &s->findings, &s->run, "/dev/full");
    assert_non_null(error);
    assert_non_null(strstr(error->message, "No space left"));
}

/* ---- details --------------------------------------------------------------------------- */

static void check_hashes(struct arena *arena, const char *bytes, size_t count_expected,
                         const char *const *expected)
{
    struct text_cache *texts = text_cache_new(arena);
    text_inject(texts, "/x", bytes, strlen(bytes));
    const struct text *text = text_get(texts, "/x");
    assert_int_equal(text->line_count, count_expected);
    const char *const *hashes = line_hashes(arena, text);
    for (size_t i = 0; i < count_expected; i++)
        assert_string_equal(hashes[i], expected[i]);
}

/* The values are those that GitHub's own action computes (its tests hold them). */
static void test_line_hashes(void **state)
{
    struct sample *s = *state;
    static const char *const empty[] = {"c129715d7a2bc9a3:1"};
    check_hashes(s->arena, "", 1, empty);
    static const char *const four[] = {"271789c17abda88f:1", "54703d4cd895b18:1",
                                       "180aee12dab6264:1", "a23a3dc5e078b07b:1"};
    check_hashes(s->arena, " a\nb\n  \t\tc\n d", 4, four);
    static const char *const ends[] = {
        "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
        "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"};
    check_hashes(s->arena, " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", 7, ends);
    check_hashes(s->arena, " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", 7, ends);
    check_hashes(s->arena, " hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", 7, ends);
    static const char *const again[] = {
        "a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4",
        "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1",
        "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"};
#define LOREM "Lorem ipsum dolor sit amet.\n"
    check_hashes(s->arena, LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM LOREM, 11, again);
}

static void test_printable(void **state)
{
    struct sample *s = *state;
    assert_string_equal(snippet_printable(s->arena, "a\tb\x1b", 4), "a       b<U+001B>");
    assert_string_equal(snippet_printable(s->arena, "\xc3", 1), "<C3>");
    assert_string_equal(snippet_printable(s->arena, "漢\t.", 5), "漢      .");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_sample, drop_sample)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text),         TEST(test_text_in_color),  TEST(test_json),
        TEST(test_sarif),        TEST(test_github),         TEST(test_sarif_with_suppressed),
        TEST(test_gitlab),       TEST(test_checkstyle),     TEST(test_junit),
        TEST(test_github_limit), TEST(test_no_findings),    TEST(test_hostile_text),
        TEST(test_output_file),  TEST(test_unknown_format), TEST(test_full_disk),
        TEST(test_line_hashes),  TEST(test_printable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
