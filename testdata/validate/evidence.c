/* What a GPU said to the reproducers of testdata, kept and compared.
 *
 *   evidence record GPU DRIVER CUDA DATE JSON...
 *                                    the record of runs of `cuhostlint validate --format json`, on
 *                                    standard output
 *   evidence check RECORD FILE|DIR...
 *                                    every rule has been confirmed; each finding in FILE... has a
 *                                    reproducer, which ran, was confirmed, and printed the status
 *                                    that its finding predicts. A DIR with a
 *                                    compile_commands.json.in is a project of its own
 *
 * A reproducer is known by the hash of what it does: lines of testdata may move. */
#include "cli/check.h"
#include "engine/rule.h"
#include "project.h"
#include "validate/program.h"

#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 64 };

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);

    if (!json)
        fprintf(stderr, "evidence: %s:%d: %s\n", path, error.line, error.text);
    return json;
}

/* ---- record ---------------------------------------------------------------------------- */

static json_t *lines_of(const char *text)
{
    json_t *lines = json_array();

    while (*text) {
        size_t len = strcspn(text, "\n");
        json_array_append_new(lines, json_stringn_nocheck(text, len));
        text += len + (text[len] == '\n');
    }
    return lines;
}

static json_t *entry_of(const json_t *finding, const json_t *validation)
{
    char place[4096];

    snprintf(place, sizeof place, "%s:%" JSON_INTEGER_FORMAT, text_of(finding, "file"),
             json_integer_value(json_object_get(finding, "line")));
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:o}", "rule", text_of(finding, "rule"), "verdict",
                     text_of(validation, "verdict"), "reason", text_of(validation, "reason"), "at",
                     place, "findings", 0, "output", lines_of(text_of(validation, "output")));
}

static void add_run(json_t *programs, const json_t *run)
{
    const json_t *finding;
    size_t i;

    json_array_foreach(json_object_get(run, "findings"), i, finding)
    {
        const json_t *validation = json_object_get(finding, "validation");
        const char *code = text_of(validation, "code");
        if (!json_object_get(programs, code))
            json_object_set_new(programs, code, entry_of(finding, validation));
        json_t *findings = json_object_get(json_object_get(programs, code), "findings");
        json_integer_set(findings, json_integer_value(findings) + 1);
    }
}

static int record(char **arguments)
{
    json_t *programs = json_object();

    for (char **path = arguments + 4; *path; path++) {
        json_t *run = load(*path);
        if (!run)
            return 2;
        add_run(programs, run);
        json_decref(run);
    }
    json_t *all =
        json_pack("{s:s, s:s, s:s, s:s, s:o}", "gpu", arguments[0], "driver", arguments[1], "cuda",
                  arguments[2], "date", arguments[3], "programs", programs);
    int failed = json_dumpf(all, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(all);
    return failed ? 2 : 0;
}

/* ---- check ----------------------------------------------------------------------------- */

struct comparison {
    const json_t *programs;
    size_t findings, missing, wrong;
};

static bool printed_status(const json_t *entry, int code)
{
    char wanted[32];
    const json_t *line;
    size_t i;

    snprintf(wanted, sizeof wanted, "    = %d ", code);
    json_array_foreach(json_object_get(entry, "output"), i,
                       line) if (strncmp(json_string_value(line), wanted, strlen(wanted)) ==
                                 0) return true;
    return false;
}

/* `program` is NULL where the finding has none. */
static void compare(struct comparison *comparison, const struct finding *finding,
                    const struct program *program)
{
    char code[32];
    const char *problem = NULL;

    snprintf(code, sizeof code, "%016" PRIx64, program ? program->code : 0);
    const json_t *entry = json_object_get(comparison->programs, code);
    comparison->findings++;
    if (!program) {
        comparison->wrong++;
        problem = "cannot be replayed";
    } else if (!entry) {
        comparison->missing++;
        problem = "its program has not run on this GPU";
    } else if (strcmp(text_of(entry, "verdict"), "confirmed") != 0) {
        comparison->wrong++;
        problem = text_of(entry, "verdict");
    } else if (finding->predicts.code && !printed_status(entry, finding->predicts.code)) {
        comparison->wrong++;
        problem = "printed another status than the predicted one";
    }
    if (problem)
        printf("%s:%u: %s: %s\n", finding->at.file, finding->at.line, finding->rule, problem);
}

static size_t count_unproven_rules(const json_t *programs)
{
    size_t unproven = 0;

    for (size_t i = 0; i < rules_count; i++) {
        bool proven = false;
        const char *code;
        json_t *entry;
        json_object_foreach((json_t *)(uintptr_t)programs, code, entry) proven |=
            strcmp(text_of(entry, "rule"), rules_all[i]->name) == 0 &&
            strcmp(text_of(entry, "verdict"), "confirmed") == 0;
        if (!proven)
            printf("%s: no finding of this rule was confirmed\n", rules_all[i]->name);
        unproven += !proven;
    }
    return unproven;
}

/* The findings of `words`, which end with a NULL. */
static const struct error *compare_findings(struct arena *arena, struct comparison *comparison,
                                            char **words)
{
    char *line[MAX_WORDS] = {"cuhostlint", "validate", "--quiet", "--no-cache"};
    int count = 4;
    struct check check = {.with_replays = true};
    struct options *options = arena_new_object(arena, struct options);

    while (*words && count < MAX_WORDS)
        line[count++] = *words++;
    const struct error *error = options_parse(arena, count, line, options);
    if (!error)
        error = check_prepare(arena, options, &check);
    if (!error)
        error = run_lower(&check.run, false);
    if (!error)
        error = check_findings(&check);
    for (size_t i = 0; !error && i < check.findings.list.len; i++) {
        struct program program;
        const struct finding *finding = &check.findings.list.data[i];
        if (!finding->suppressed_by)
            compare(comparison, finding,
                    program_write(arena, &check.findings, finding, &program) ? &program : NULL);
    }
    return error;
}

static const struct error *compare_project(struct arena *arena, struct comparison *comparison,
                                           const char *path)
{
    char folder[PATH_MAX];
    const char *build = NULL;

    if (!realpath(path, folder))
        return error_new(arena, ERROR_USAGE, "cannot read '%s'", path);
    const struct error *error = project_open(arena, folder, &build);
    if (!error)
        error = compare_findings(
            arena, comparison,
            (char *[]){"-p", arena_strdup(arena, build), arena_strdup(arena, folder), NULL});
    if (build)
        project_close(arena, build);
    return error;
}

/* Projects one by one, the rest together. */
static const struct error *compare_inputs(struct arena *arena, struct comparison *comparison,
                                          char **inputs)
{
    char *words[MAX_WORDS] = {NULL};
    size_t count = 0;
    const struct error *error = NULL;

    for (; *inputs && !error; inputs++)
        if (project_is(arena, *inputs))
            error = compare_project(arena, comparison, *inputs);
        else if (count + 1 < MAX_WORDS)
            words[count++] = *inputs;
    if (!error && count)
        error = compare_findings(arena, comparison, words);
    return error;
}

static void tell(const struct comparison *comparison, size_t unproven, const char *path)
{
    printf("%zu findings: %zu have not run, %zu ran otherwise than predicted; %zu rules unproven\n",
           comparison->findings, comparison->missing, comparison->wrong, unproven);
    if (comparison->missing || unproven)
        printf("the record %s is older than the sources or the reproducers: run "
               "scripts/validate-gpu where there is a GPU and nvcc, and commit what it writes\n",
               path);
}

static int check_record(char **arguments)
{
    struct arena *arena = arena_new();
    json_t *run = load(arguments[0]);
    struct comparison comparison = {.programs = json_object_get(run, "programs")};

    if (!run)
        return 2;
    const struct error *error = compare_inputs(arena, &comparison, arguments + 1);
    if (error) {
        fprintf(stderr, "evidence: %s\n", error->message);
        return 2;
    }
    size_t unproven = count_unproven_rules(comparison.programs);
    tell(&comparison, unproven, arguments[0]);
    bool good = comparison.findings && !comparison.wrong && !unproven && !comparison.missing;
    json_decref(run);
    arena_free(arena);
    return good ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc >= 7 && strcmp(argv[1], "record") == 0)
        return record(argv + 2);
    if (argc >= 4 && strcmp(argv[1], "check") == 0)
        return check_record(argv + 2);
    fprintf(stderr, "usage: evidence record GPU DRIVER CUDA DATE JSON...\n"
                    "       evidence check RECORD FILE|DIR...\n");
    return 2;
}
