/* JUnit's XML: a suite per file, a failed case per finding, a passed one for a file without any.
 * Notes pass: they do not fail a run either. */
#include "report/formats.h"
#include "report/xml.h"
#include "support/map.h"
#include "support/vec.h"

struct suite {
    const char *path;
    const struct report_file *file; /* NULL: a header, analysed with others */
    VEC(const struct finding *) findings;
};

struct suites {
    struct arena *arena;
    struct map by_path;
    VEC(struct suite) list;
};

static struct suite *suite_of(struct suites *suites, const char *path)
{
    uint32_t known = map_get(&suites->by_path, path);
    if (known != MAP_NONE)
        return &suites->list.data[known];
    map_set(&suites->by_path, path, (uint32_t)suites->list.len);
    struct suite *suite = vec_add(suites->arena, &suites->list);
    suite->path = path;
    return suite;
}

static struct suites collect(struct arena *arena, const struct findings *findings,
                             const struct report_run *run)
{
    struct suites suites = {.arena = arena, .by_path = {.arena = arena}};
    for (size_t i = 0; i < run->file_count; i++)
        suite_of(&suites, run->files[i].path)->file = &run->files[i];
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by && finding->at.file)
            vec_push(arena, &suite_of(&suites, finding->at.file)->findings, finding);
    }
    return suites;
}

static bool is_failed(const struct suite *suite)
{
    return suite->file && suite->file->status == REPORT_FILE_FAILED;
}

static size_t case_count(const struct suite *suite)
{
    size_t count = suite->findings.len + (is_failed(suite) ? 1 : 0);
    return count ? count : 1;
}

static size_t failure_count(const struct suite *suite)
{
    size_t count = 0;
    for (size_t i = 0; i < suite->findings.len; i++)
        count += suite->findings.data[i]->level != LEVEL_NOTE;
    return count;
}

static void write_finding(struct arena *arena, const struct finding *finding, const char *class,
                          FILE *out)
{
    const char *rule = xml_text(arena, finding->rule);
    const char *message = xml_text(arena, finding->message);
    fprintf(out, "    <testcase name=\"%s:%u:%u\" classname=\"%s\">\n", rule, finding->at.line,
            finding->at.column, class);
    if (finding->level == LEVEL_NOTE)
        fprintf(out, "      <system-out>%s:%u:%u: note: %s</system-out>\n", class, finding->at.line,
                finding->at.column, message);
    else
        fprintf(out, "      <failure type=\"%s\" message=\"%s\">%s:%u:%u: %s: %s</failure>\n",
                level_name(finding->level), message, class, finding->at.line, finding->at.column,
                level_name(finding->level), message);
    fputs("    </testcase>\n", out);
}

static void write_suite(struct arena *arena, const struct suite *suite,
                        const struct report_run *run, FILE *out)
{
    const char *path = xml_text(arena, report_shown_path(run, suite->path));
    fprintf(out,
            "  <testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"%d\" "
            "time=\"%.3f\">\n",
            path, case_count(suite), failure_count(suite), is_failed(suite),
            suite->file ? suite->file->seconds : 0.0);
    for (size_t i = 0; i < suite->findings.len; i++)
        write_finding(arena, suite->findings.data[i], path, out);
    if (is_failed(suite))
        fprintf(out,
                "    <testcase name=\"analysis\" classname=\"%s\">\n"
                "      <error message=\"%s\"/>\n    </testcase>\n",
                path, xml_text(arena, suite->file->reason ? suite->file->reason : "failed"));
    else if (!suite->findings.len)
        fprintf(out, "    <testcase name=\"cuhostlint\" classname=\"%s\"/>\n", path);
    fputs("  </testsuite>\n", out);
}

void report_junit(struct arena *arena, const struct findings *findings,
                  const struct report_run *run, FILE *out)
{
    struct suites suites = collect(arena, findings, run);
    size_t tests = 0, failures = 0, errors = 0;
    for (size_t i = 0; i < suites.list.len; i++) {
        tests += case_count(&suites.list.data[i]);
        failures += failure_count(&suites.list.data[i]);
        errors += is_failed(&suites.list.data[i]);
    }
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"cuhostlint\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
            tests, failures, errors);
    for (size_t i = 0; i < suites.list.len; i++)
        write_suite(arena, &suites.list.data[i], run, out);
    fputs("</testsuites>\n", out);
}
