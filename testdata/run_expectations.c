/* Lints annotated sources and compares: the findings of a file must be those that its comments
 * announce, rule by rule and line by line.
 *
 *     cudaHostRegister(p, 0, 0); // expect: zero-size, unchecked-call
 *
 *   run_expectations [--summary] PROGRAM FILE|FOLDER...    each file by itself
 *   run_expectations [--summary] --project PROGRAM FOLDER...
 *                                  all files of a folder at once, by its compile_commands.json.in
 *
 * Prints what is missing and what is unexpected. Exit status: 0 nothing, 1 something, 2 a run that
 * did not work. */
#include "checker_run.h"
#include "project.h"
#include "support/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct expectation {
    const char *rule;
    const char *file; /* real path */
    unsigned line;
    bool is_met;
};

struct score {
    const char *rule;
    unsigned met, missing, unexpected;
};

struct comparison {
    struct arena *arena;
    const char *program;
    VEC(struct score) scores;
    bool differs;
};

typedef VEC(const char *) string_list;
typedef VEC(struct expectation) expectation_list;

/* ---- annotations ---- */

static void read_names(struct arena *arena, const char *text, const char *file, unsigned line,
                       expectation_list *expected)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";

    for (;;) {
        text += strspn(text, ", ");
        size_t len = strspn(text, letters);

        if (len == 0)
            return;
        vec_push(arena, expected,
                 (struct expectation){arena_strndup(arena, text, len), file, line, false});
        text += len;
    }
}

static const struct error *read_annotations(struct arena *arena, const char *file,
                                            expectation_list *expected)
{
    const char *text;
    size_t len;
    const struct error *error = file_read(arena, file, &text, &len);
    unsigned line = 0;

    if (error != NULL)
        return error;
    while (*text != '\0') {
        size_t width = strcspn(text, "\n");
        const char *words = arena_strndup(arena, text, width);
        const char *mark = strstr(words, "// expect: ");

        line++;
        if (mark == NULL)
            mark = strstr(words, "/* expect: ");
        if (mark != NULL)
            read_names(arena, mark + strlen("// expect: "), file, line, expected);
        text += width + (text[width] == '\n');
    }
    return NULL;
}

/* ---- comparison ---- */

static struct score *score_of(struct comparison *comparison, const char *rule)
{
    for (size_t i = 0; i < comparison->scores.len; i++)
        if (strcmp(comparison->scores.data[i].rule, rule) == 0)
            return &comparison->scores.data[i];
    vec_push(comparison->arena, &comparison->scores, (struct score){.rule = rule});
    return &comparison->scores.data[comparison->scores.len - 1];
}

static bool announces(const struct expectation *expectation, const struct found *found)
{
    return expectation->line == found->line && strcmp(expectation->rule, found->rule) == 0 &&
           strcmp(expectation->file, found->file) == 0;
}

static void match(expectation_list *expected, struct found_list *found)
{
    for (size_t i = 0; i < found->list.len; i++)
        for (size_t j = 0; j < expected->len; j++)
            if (announces(&expected->data[j], &found->list.data[i]))
                found->list.data[i].is_expected = expected->data[j].is_met = true;
}

static void compare(struct comparison *comparison, expectation_list *expected,
                    struct found_list *found)
{
    match(expected, found);
    for (size_t i = 0; i < expected->len; i++) {
        const struct expectation *one = &expected->data[i];
        struct score *score = score_of(comparison, one->rule);

        score->met += one->is_met;
        score->missing += !one->is_met;
        if (one->is_met)
            continue;
        comparison->differs = true;
        printf("%s:%u: missing: [%s]\n", one->file, one->line, one->rule);
    }
    for (size_t i = 0; i < found->list.len; i++) {
        const struct found *one = &found->list.data[i];

        if (one->is_expected)
            continue;
        comparison->differs = true;
        score_of(comparison, one->rule)->unexpected++;
        printf("%s:%u: unexpected: %s: %s [%s]\n", one->file, one->line, one->level, one->message,
               one->rule);
    }
}

/* ---- files and folders ---- */

static bool has_ending(const char *path, const char *const *endings)
{
    const char *dot = strrchr(path, '.');

    for (; dot != NULL && *endings != NULL; endings++)
        if (strcmp(dot, *endings) == 0)
            return true;
    return false;
}

static bool is_source(const char *path)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cu", ".hip", NULL};

    return has_ending(path, endings);
}

static bool is_header(const char *path)
{
    static const char *const endings[] = {".h", ".hpp", ".cuh", NULL};

    return has_ending(path, endings);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sources and headers of a folder and of those below it, in the order of their names. */
static const struct error *list_folder(struct arena *arena, const char *folder, string_list *files)
{
    DIR *stream = opendir(folder);
    string_list names = {0};

    if (stream == NULL)
        return error_new(arena, ERROR_USAGE, "%s cannot be read", folder);
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.')
            vec_push(arena, &names, arena_printf(arena, "%s/%s", folder, entry->d_name));
    closedir(stream);
    if (names.len > 0)
        qsort(names.data, names.len, sizeof *names.data, by_name);

    const struct error *error = NULL;
    for (size_t i = 0; i < names.len && error == NULL; i++) {
        struct stat status;

        if (stat(names.data[i], &status) == 0 && S_ISDIR(status.st_mode))
            error = list_folder(arena, names.data[i], files);
        else if (is_source(names.data[i]) || is_header(names.data[i]))
            vec_push(arena, files, names.data[i]);
    }
    return error;
}

static const struct error *real_path(struct arena *arena, const char *path, const char **real)
{
    char *resolved = realpath(path, NULL);

    if (resolved == NULL)
        return error_new(arena, ERROR_USAGE, "there is no %s", path);
    *real = arena_strdup(arena, resolved);
    free(resolved);
    return NULL;
}

/* ---- runs ---- */

static const struct error *check_file(struct comparison *comparison, const char *file)
{
    expectation_list expected = {0};
    struct found_list found = {0};
    const char *const arguments[] = {file, NULL};
    const struct error *error = read_annotations(comparison->arena, file, &expected);

    if (error == NULL)
        error = checker_run(comparison->arena, comparison->program, arguments, &found);
    if (error == NULL)
        compare(comparison, &expected, &found);
    return error;
}

static const struct error *check_files(struct comparison *comparison, const char *path)
{
    string_list files = {0};
    struct stat status;
    const char *real = NULL;
    const struct error *error = real_path(comparison->arena, path, &real);

    if (error != NULL)
        return error;
    if (stat(real, &status) != 0 || !S_ISDIR(status.st_mode))
        return check_file(comparison, real);
    error = list_folder(comparison->arena, real, &files);
    for (size_t i = 0; i < files.len && error == NULL; i++)
        if (is_source(files.data[i]))
            error = check_file(comparison, files.data[i]);
    return error;
}

static const struct error *compare_project(struct comparison *comparison, const char *folder,
                                           const char *build)
{
    struct arena *arena = comparison->arena;
    const char *const arguments[] = {"-p", build, NULL};
    string_list files = {0};
    expectation_list expected = {0};
    struct found_list found = {0};
    const struct error *error = list_folder(arena, folder, &files);

    for (size_t i = 0; i < files.len && error == NULL; i++)
        error = read_annotations(arena, files.data[i], &expected);
    if (error == NULL)
        error = checker_run(arena, comparison->program, arguments, &found);
    if (error == NULL)
        compare(comparison, &expected, &found);
    return error;
}

static const struct error *check_project(struct comparison *comparison, const char *path)
{
    const char *folder = NULL, *build = NULL;
    const struct error *error = real_path(comparison->arena, path, &folder);

    if (error == NULL)
        error = project_open(comparison->arena, folder, &build);
    if (error == NULL)
        error = compare_project(comparison, folder, build);
    if (build != NULL)
        project_close(comparison->arena, build);
    return error;
}

/* ---- the whole ---- */

static unsigned percent(unsigned part, unsigned whole)
{
    return whole == 0 ? 100 : part * 100 / whole;
}

static void print_scores(const struct comparison *comparison)
{
    printf("%-26s %8s %8s %10s %7s %10s\n", "rule", "found", "missing", "unexpected", "recall",
           "precision");
    for (size_t i = 0; i < comparison->scores.len; i++) {
        const struct score *score = &comparison->scores.data[i];

        printf("%-26s %8u %8u %10u %6u%% %9u%%\n", score->rule, score->met, score->missing,
               score->unexpected, percent(score->met, score->met + score->missing),
               percent(score->met, score->met + score->unexpected));
    }
}

int main(int argc, char **argv)
{
    bool summary = false, project = false;
    int first = 1;

    for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++) {
        summary |= strcmp(argv[first], "--summary") == 0;
        project |= strcmp(argv[first], "--project") == 0;
    }
    if (argc - first < 2) {
        fprintf(stderr, "usage: run_expectations [--summary] [--project] PROGRAM PATH...\n");
        return 2;
    }

    struct comparison comparison = {.arena = arena_new(), .program = argv[first]};
    const struct error *failure = NULL;

    for (int i = first + 1; i < argc; i++) {
        const struct error *error =
            project ? check_project(&comparison, argv[i]) : check_files(&comparison, argv[i]);

        if (error != NULL) {
            fprintf(stderr, "%s: %s\n", argv[i], error->message);
            failure = error;
        }
    }
    if (summary)
        print_scores(&comparison);
    arena_free(comparison.arena);
    return failure != NULL ? 2 : comparison.differs;
}
