/* From what the user named to the list of units. */
#include "source/commands/unit.h"
#include "source/project/path.h"
#include "source/project/toolkit.h"
#include "source/project/walk.h"
#include "support/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void problem(struct finder *finder, const char *input, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void problem(struct finder *finder, const char *input, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = arena_vprintf(finder->arena, format, args);
    va_end(args);
    const struct error *error = error_new(finder->arena, ERROR_USAGE, "%s", message);
    vec_push(finder->arena, &finder->list->problems,
             (struct source_problem){.input = input, .error = error});
}

static void tell_unreadable(struct finder *finder, const char *input, const char *path)
{
    struct stat info = {0};
    if (stat(path, &info) != 0 || access(path, R_OK) != 0)
        problem(finder, input, "cannot read '%s': %s", input, strerror(errno));
    else if (!S_ISREG(info.st_mode))
        problem(finder, input, "'%s' is not a regular file", input);
    else if (info.st_size > FILE_LARGEST_TEXT)
        problem(finder, input, "'%s' is larger than %d MiB: too large for a source text", input,
                FILE_LARGEST_TEXT >> 20);
    else
        problem(finder, input, "cannot read '%s'", input);
}

static bool is_readable_text(struct finder *finder, const char *input, const char *path)
{
    const struct facts *facts = fact_store_get(finder->cache->facts, path);
    if (!facts)
        tell_unreadable(finder, input, path);
    else if (facts->is_binary)
        problem(finder, input, "'%s' is a binary file, not source text", input);
    return facts && !facts->is_binary;
}

static void add_file(struct finder *finder, const char *input, const char *path)
{
    const char *real = source_cache_real(finder->cache, path);
    if (!real) {
        problem(finder, input, "cannot read '%s': %s", input, strerror(errno));
        return;
    }
    if (!source_is_lintable(finder, real)) {
        problem(finder, input,
                "'%s' is no C, C++, CUDA or HIP file by its name; to lint it as one, add "
                "\"-- -x cuda\" (or c, c++, hip)",
                input);
        return;
    }
    if (is_readable_text(finder, input, real))
        source_add_unit(finder, real, NULL, 0);
}

struct file_list {
    struct finder *finder;
    struct words paths;
    struct words headers;
};

static void collect_source(void *context, const char *path)
{
    struct file_list *files = context;
    enum source_language language;
    bool is_header;
    if (source_language_of_ending(path, &language, &is_header))
        vec_push(files->finder->arena, is_header ? &files->headers : &files->paths,
                 arena_strdup(files->finder->arena, path));
}

static void lose_folder(void *context, const char *folder, int reason)
{
    struct finder *finder = ((struct file_list *)context)->finder;
    const char *shown = source_path_shown(finder->arena, finder->current, folder);
    problem(finder, shown, "cannot read the folder '%s': %s", shown, strerror(reason));
}

static const struct walk_limits folder_limits = {
    .max_files = 2000000, .max_depth = 64, .max_seconds = 120, .lose = lose_folder};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_files(struct finder *finder, struct words *paths)
{
    if (paths->len > 1)
        qsort(paths->data, paths->len, sizeof *paths->data, by_text);
    fact_store_fill(finder->cache->facts, paths->data, paths->len);
    for (size_t i = 0; i < paths->len; i++)
        add_file(finder, source_path_shown(finder->arena, finder->current, paths->data[i]),
                 paths->data[i]);
}

/* The files that a database names below `folder`; generated ones that do not exist yet are only
 * noted. */
static void collect_entries(struct finder *finder, const struct database *database,
                            const char *folder, struct words *paths)
{
    size_t missing = 0;
    for (size_t i = 0; i < database->entries.len; i++) {
        const char *file = database->entries.data[i].file;
        if (map_get(&database->by_file, file) != i)
            continue;
        const char *real = source_cache_real(finder->cache, file);
        if (!real)
            missing += source_path_is_below(file, folder);
        else if (source_path_is_below(real, folder) && source_is_lintable(finder, real))
            vec_push(finder->arena, paths, real);
    }
    if (missing > 0)
        vec_push(finder->arena, &finder->list->notes,
                 arena_printf(finder->arena, "%zu files of '%s' do not exist (not generated yet?)",
                              missing, database->path));
}

static void collect_entries_upwards(struct finder *finder, const char *folder, struct words *paths)
{
    for (const char *at = folder; paths->len == 0; at = source_path_parent(finder->arena, at)) {
        const struct folder_databases *databases =
            source_cache_databases_of(finder->cache, at, finder->list);
        for (size_t i = 0; i < databases->found.len; i++)
            collect_entries(finder, databases->found.data[i], folder, paths);
        if (strcmp(at, "/") == 0)
            return;
    }
}

static void add_folder(struct finder *finder, const char *input, const char *path)
{
    const char *folder = file_real_path(finder->arena, path);
    if (!folder || access(folder, R_OK | X_OK) != 0) {
        problem(finder, input, "cannot read the folder '%s': %s", input, strerror(errno));
        return;
    }
    struct file_list files = {.finder = finder};
    if (finder->database)
        collect_entries(finder, finder->database, folder, &files.paths);
    else if (!finder->request->has_compiler_args)
        collect_entries_upwards(finder, folder, &files.paths);
    if (files.paths.len == 0 && !source_walk(folder, &folder_limits, collect_source, &files))
        problem(finder, input,
                "'%s' is too large: not every folder was looked into; name some of them", input);
    if (files.paths.len == 0) /* a library of headers only */
        files.paths = files.headers;
    if (files.paths.len == 0)
        problem(finder, input, "there is no C, C++, CUDA or HIP file below '%s'", input);
    finder->named = folder;
    add_files(finder, &files.paths);
    finder->named = NULL;
}

static void add_input(struct finder *finder, const char *input)
{
    const char *path = source_path_join(finder->arena, finder->current, input);
    struct stat info;
    if (stat(path, &info) != 0)
        problem(finder, input, "cannot read '%s': %s", input, strerror(errno));
    else if (S_ISDIR(info.st_mode))
        add_folder(finder, input, path);
    else if (S_ISREG(info.st_mode))
        add_file(finder, input, path);
    else
        problem(finder, input, "'%s' is not a regular file", input);
}

static void add_standard_input(struct finder *finder, const char *name)
{
    const char *text = finder->request->stdin_text;
    size_t len = finder->request->stdin_len;
    if (!text && file_read_standard_input(finder->arena, &text, &len)) {
        problem(finder, name, "cannot read standard input, which stands for '%s'", name);
        return;
    }
    const char *path = source_path_normal(finder->arena, finder->current, name);
    const char *real = file_real_path(finder->arena, path);
    source_add_unit(finder, real ? real : path, text, len);
}

static void add_every_entry(struct finder *finder)
{
    struct words paths = {0};
    if (finder->database)
        collect_entries(finder, finder->database, "/", &paths);
    else if (!finder->request->database)
        collect_entries_upwards(finder, finder->current, &paths);
    if (paths.len == 0 && finder->list->problems.len == 0)
        problem(finder, finder->current,
                "no file is named, and no compile_commands.json was found from '%s' upwards; name "
                "files or folders, or give -p",
                finder->current);
    add_files(finder, &paths);
}

static void open_database(struct finder *finder, const char *name)
{
    const char *path = source_path_normal(finder->arena, finder->current, name);
    if (source_path_is_folder(path))
        path = source_path_join(finder->arena, path, "compile_commands.json");
    if (!source_path_is_file(path))
        problem(finder, name,
                "there is no compilation database '%s'; CMake writes one with "
                "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
                path);
    else
        finder->database = source_cache_database(finder->cache, path, finder->list);
}

static void open_toolkit(struct finder *finder, const char *name)
{
    const char *path = source_path_normal(finder->arena, finder->current, name);
    if (!source_toolkit_at(finder->arena, path, &finder->cuda_includes))
        problem(finder, name, "there is no CUDA Toolkit at '%s': cuda_runtime.h is missing", name);
}

static void note_missing_toolkit(struct finder *finder)
{
    const struct source_list *list = finder->list;
    for (size_t i = 0; i < list->units.len; i++)
        if (list->units.data[i].cuda_includes.len > 0)
            return;
    if (list->units.len > 0)
        vec_push(finder->arena, &finder->list->notes,
                 "no CUDA Toolkit was found: the built-in declarations take its place");
}

void source_find(struct arena *arena, const struct source_request *request,
                 struct source_list *list)
{
    struct source_request *kept = arena_copy(arena, request, sizeof *request);
    struct finder *finder = arena_new_object(arena, struct finder);
    *finder = (struct finder){.arena = arena,
                              .request = kept,
                              .list = list,
                              .cache = source_cache_new(arena, request->facts, request->memory),
                              .current = file_current_folder(arena),
                              .seen = {.arena = arena}};
    list->finder = finder;
    if (request->database)
        open_database(finder, request->database);
    if (request->cuda_path)
        open_toolkit(finder, request->cuda_path);
    if (request->stdin_path)
        add_standard_input(finder, request->stdin_path);
    for (size_t i = 0; i < request->input_count; i++)
        add_input(finder, request->inputs[i]);
    if (request->input_count == 0 && !request->stdin_path)
        add_every_entry(finder);
    note_missing_toolkit(finder);
}
