#include "source/reach.h"

#include "source/cache.h"
#include "source/directives.h"
#include "source/path.h"
#include "source/text.h"
#include "source/tree.h"
#include "support/map.h"

#include <stdio.h>
#include <string.h>

struct reached_file {
    const char *path;
    const char *folder;
    VEC(const char *) includes; /* as written between quotes or angle brackets */
    uint32_t visit;             /* the last unit that looked at it */
};

struct reach {
    struct arena *arena;
    reach_visit *visit;
    void *context;
    struct map file_of_path;    /* index into files */
    struct map file_of_include; /* hash of folder and name; index into files or NO_FILE */
    VEC(struct reached_file) files;
    uint32_t round;
    struct source_cache *own_cache; /* for units that come without one */
};

enum { NO_FILE = UINT32_MAX - 1, MOST_FILES_OF_UNIT = 20000 };

struct reach *reach_new(struct arena *arena, reach_visit *visit, void *context)
{
    struct reach *reach = arena_new_object(arena, struct reach);
    reach->arena = arena;
    reach->visit = visit;
    reach->context = context;
    reach->file_of_path.arena = arena;
    reach->file_of_include.arena = arena;
    return reach;
}

const char *reach_path(const struct reach *reach, uint32_t file)
{
    return reach->files.data[file].path;
}

/* ---- one file ---------------------------------------------------------------------------- */

struct include_list {
    struct arena *arena;
    struct reached_file *file;
};

static void note_include(void *context, const struct source_directive *directive, const char *from)
{
    (void)from;
    struct include_list *list = context;
    bool is_standard = directive->kind == DIRECTIVE_INCLUDE_ANGLED && !strchr(directive->name, '.');
    if (directive->kind != DIRECTIVE_TEST && !is_standard) /* <vector> */
        vec_push(list->arena, &list->file->includes, arena_strdup(list->arena, directive->name));
}

static struct reached_file read_includes(struct arena *arena, const char *path, const char *text,
                                         size_t len)
{
    struct reached_file file = {.path = path, .folder = source_path_parent(arena, path)};
    struct include_list list = {arena, &file};
    source_each_directive(text, len, path, note_include, &list);
    return file;
}

/* The index of a file, read on first sight; NO_FILE where it cannot be read. `path` is real. */
static uint32_t file_at(struct reach *reach, const char *path)
{
    uint32_t known = map_get(&reach->file_of_path, path);
    if (known != MAP_NONE)
        return known;
    struct arena *scratch = arena_new();
    struct source_text text;
    uint32_t index = NO_FILE;
    if (source_read_text(scratch, path, &text)) {
        struct reached_file file = read_includes(reach->arena, path, text.data, text.len);
        index = (uint32_t)reach->files.len;
        vec_push(reach->arena, &reach->files, file);
        reach->visit(reach->context, index, text.data, text.len);
    }
    arena_free(scratch);
    map_set(&reach->file_of_path, path, index);
    return index;
}

/* ---- from file to file ------------------------------------------------------------------- */

static uint32_t file_in_folder(struct reach *reach, const char *folder, const char *name)
{
    uint64_t key = hash_u64(hash_bytes(folder, strlen(folder))) ^ hash_bytes(name, strlen(name));
    uint32_t known = map_get_u64(&reach->file_of_include, key);
    if (known != MAP_NONE)
        return known;
    struct arena *scratch = arena_new();
    const char *real = source_path_real(scratch, source_path_join(scratch, folder, name));
    uint32_t index = NO_FILE;
    if (real && source_path_is_file(real))
        index = file_at(reach, arena_strdup(reach->arena, real));
    arena_free(scratch);
    map_set_u64(&reach->file_of_include, key, index);
    return index;
}

static bool is_folder_option(const char *arg)
{
    return strcmp(arg, "-iquote") == 0 || strcmp(arg, "-idirafter") == 0;
}

static bool is_below_any(const char *path, const struct source_unit *unit)
{
    for (size_t i = 0; i < unit->cuda_includes.len; i++)
        if (source_path_is_below(path, unit->cuda_includes.data[i]))
            return true;
    return source_path_is_below(path, "/usr");
}

/* The folders of -I and -iquote; what -isystem names is by its own word nobody's business here. */
static uint32_t file_by_arguments(struct reach *reach, const struct source_unit *unit,
                                  const char *name)
{
    for (size_t i = 0; i < unit->args.len; i++) {
        const char *arg = unit->args.data[i], *folder = NULL;
        if (strncmp(arg, "-I", 2) == 0 && arg[2])
            folder = arg + 2;
        else if (is_folder_option(arg) && i + 1 < unit->args.len)
            folder = unit->args.data[++i];
        if (!folder || is_below_any(folder, unit))
            continue;
        uint32_t file = file_in_folder(reach, folder, name);
        if (file != NO_FILE)
            return file;
    }
    return NO_FILE;
}

static bool is_of_system(const char *name)
{
    static const char *const folders[] = {"/usr/include", "/usr/local/include"};
    char path[512];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int len = snprintf(path, sizeof path, "%s/%s", folders[i], name);
        if (len > 0 && (size_t)len < sizeof path && source_path_is_file(path))
            return true;
    }
    return false;
}

/* Where no command tells the include folders: the header below the root that the parser's guess
 * (source_guess_includes) would find. */
static uint32_t file_by_tree(struct reach *reach, const struct source_unit *unit, const char *from,
                             const char *name)
{
    struct source_cache *cache = unit->cache;
    if (!cache && !reach->own_cache)
        reach->own_cache = source_cache_new(reach->arena);
    if (!cache)
        cache = reach->own_cache;
    while (strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)
        name += name[1] == '.' ? 3 : 2;
    const char *path = source_tree_find(source_tree_of(cache, unit->root), name, from);
    return path ? file_at(reach, path) : (uint32_t)NO_FILE;
}

static uint32_t included_file(struct reach *reach, const struct source_unit *unit,
                              const char *folder, const char *from, const char *name)
{
    if (name[0] == '/')
        return is_below_any(name, unit) ? (uint32_t)NO_FILE : file_in_folder(reach, "/", name);
    uint32_t file = file_in_folder(reach, folder, name);
    if (file == NO_FILE)
        file = file_by_arguments(reach, unit, name);
    if (file == NO_FILE && !unit->has_command && !is_of_system(name))
        file = file_by_tree(reach, unit, from, name);
    return file;
}

static void queue_file(struct reach *reach, struct arena *scratch, struct reach_files *queue,
                       uint32_t file)
{
    if (file == NO_FILE || reach->files.data[file].visit == reach->round)
        return;
    reach->files.data[file].visit = reach->round;
    vec_push(scratch, &queue->list, file);
}

static void queue_includes(struct reach *reach, struct arena *scratch, struct reach_files *queue,
                           const struct source_unit *unit, const struct reached_file *file)
{
    for (size_t i = 0; i < file->includes.len; i++)
        queue_file(reach, scratch, queue,
                   included_file(reach, unit, file->folder, file->path, file->includes.data[i]));
}

static void queue_forced_includes(struct reach *reach, struct arena *scratch,
                                  struct reach_files *queue, const struct source_unit *unit)
{
    for (size_t i = 0; i + 1 < unit->args.len; i++)
        if (strcmp(unit->args.data[i], "-include") == 0)
            queue_file(
                reach, scratch, queue,
                included_file(reach, unit, unit->directory, unit->path, unit->args.data[i + 1]));
}

struct reach_files reach_of_unit(struct reach *reach, struct arena *scratch,
                                 const struct source_unit *unit, const char *text, size_t len)
{
    struct reach_files queue = {0};
    struct reached_file main_file = read_includes(scratch, unit->path, text, len);
    reach->round++;
    queue_forced_includes(reach, scratch, &queue, unit);
    queue_includes(reach, scratch, &queue, unit, &main_file);
    for (size_t i = 0; i < queue.list.len && i < MOST_FILES_OF_UNIT; i++) {
        struct reached_file file = reach->files.data[queue.list.data[i]];
        queue_includes(reach, scratch, &queue, unit, &file);
    }
    return queue;
}
