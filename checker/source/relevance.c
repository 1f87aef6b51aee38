#include "source/relevance.h"

#include "source/cache.h"
#include "source/name_search.h"
#include "source/path.h"
#include "source/text.h"
#include "source/tree.h"
#include "support/map.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* What one file's text says; the same for every unit that reaches it. */
struct scanned_file {
    const char *path;
    const char *folder;
    bool has_name;
    VEC(const char *) includes; /* as written between quotes or angle brackets */
    uint32_t visit;             /* the last unit that looked at it */
};

struct relevance {
    struct arena *arena;
    const struct model_set *models;
    struct name_search *search;
    bool has_patterns; /* names given by regular expressions: every identifier must be asked for */
    struct map file_of_path;    /* index into files */
    struct map file_of_include; /* hash of folder and name; index into files or NO_FILE */
    VEC(struct scanned_file) files;
    uint32_t visit;
    struct source_cache *own_cache; /* for units that come without one */
};

enum { NO_FILE = UINT32_MAX - 1, MOST_FILES_OF_UNIT = 20000 };

/* ---- names ------------------------------------------------------------------------------- */

static const char *identifier_of(const char *qualified)
{
    const char *colons = strrchr(qualified, ':');
    return colons ? colons + 1 : qualified;
}

struct relevance *relevance_new(struct arena *arena, const struct model_set *models,
                                const char *const *names, size_t count)
{
    struct relevance *relevance = arena_new_object(arena, struct relevance);
    VEC(const char *) all = {0};
    for (size_t i = 0; i < models->functions.len; i++) {
        const struct model_function *function = &models->functions.data[i];
        if (!models_function_is_watched(function))
            continue;
        if (function->is_regex)
            relevance->has_patterns = true;
        else
            vec_push(arena, &all, identifier_of(function->name));
    }
    for (size_t i = 0; i < count; i++)
        vec_push(arena, &all, identifier_of(names[i]));
    relevance->arena = arena;
    relevance->models = models;
    relevance->search = name_search_new(arena, all.data, all.len);
    relevance->file_of_path.arena = arena;
    relevance->file_of_include.arena = arena;
    return relevance;
}

/* ---- one file ---------------------------------------------------------------------------- */

static bool is_name_part(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool any_identifier_is_watched(const struct relevance *relevance, const char *text,
                                      size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t begin = at;
        while (at < len && is_name_part(text[at]))
            at++;
        if (at > begin && models_is_watched(relevance->models, text + begin, at - begin))
            return true;
        at += at == begin;
    }
    return false;
}

static bool has_name(const struct relevance *relevance, const char *text, size_t len)
{
    return name_search_hits(relevance->search, text, len) ||
           name_search_may_paste(relevance->search, text, len) ||
           (relevance->has_patterns && any_identifier_is_watched(relevance, text, len));
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && isblank((unsigned char)*at))
        at++;
    return at;
}

/* The name in an #include line, where `hash` is the '#'. NULL when it is no such line, names a
 * macro, or a header of C++ itself. */
static const char *include_name(struct arena *arena, const char *hash, const char *end)
{
    static const char word[] = "include";
    const char *at = skip_blanks(hash + 1, end);
    if ((size_t)(end - at) < sizeof word || memcmp(at, word, sizeof word - 1) != 0)
        return NULL;
    at += sizeof word - 1;
    if (end - at > 5 && memcmp(at, "_next", 5) == 0)
        at += 5;
    at = skip_blanks(at, end);
    if (at == end || (*at != '"' && *at != '<'))
        return NULL;
    bool is_angled = *at++ == '<';
    const char *line_end = memchr(at, '\n', (size_t)(end - at));
    const char *name_end =
        memchr(at, is_angled ? '>' : '"', (size_t)((line_end ? line_end : end) - at));
    if (!name_end)
        return NULL;
    size_t len = (size_t)(name_end - at);
    bool is_standard = is_angled && !memchr(at, '.', len); /* <vector> */
    return is_standard ? NULL : arena_strndup(arena, at, len);
}

static void find_includes(struct relevance *relevance, struct scanned_file *file, const char *text,
                          size_t len)
{
    const char *end = text + len;
    for (const char *hash = text; (hash = memchr(hash, '#', (size_t)(end - hash))); hash++) {
        const char *name = include_name(relevance->arena, hash, end);
        if (name)
            vec_push(relevance->arena, &file->includes, name);
    }
}

static struct scanned_file scan_text(struct relevance *relevance, const char *path,
                                     const char *text, size_t len)
{
    struct scanned_file file = {.path = path, .folder = source_path_parent(relevance->arena, path)};
    file.has_name = has_name(relevance, text, len);
    if (!file.has_name)
        find_includes(relevance, &file, text, len);
    return file;
}

/* The index of a file, scanned on first sight; NO_FILE where it cannot be read. `path` is real. */
static uint32_t file_at(struct relevance *relevance, const char *path)
{
    uint32_t known = map_get(&relevance->file_of_path, path);
    if (known != MAP_NONE)
        return known;
    struct arena *scratch = arena_new();
    struct source_text text;
    uint32_t index = NO_FILE;
    if (source_read_text(scratch, path, &text)) {
        struct scanned_file file = scan_text(relevance, path, text.data, text.len);
        index = (uint32_t)relevance->files.len;
        vec_push(relevance->arena, &relevance->files, file);
    }
    arena_free(scratch);
    map_set(&relevance->file_of_path, path, index);
    return index;
}

/* ---- from file to file ------------------------------------------------------------------- */

static uint32_t file_in_folder(struct relevance *relevance, const char *folder, const char *name)
{
    uint64_t key = hash_u64(hash_bytes(folder, strlen(folder))) ^ hash_bytes(name, strlen(name));
    uint32_t known = map_get_u64(&relevance->file_of_include, key);
    if (known != MAP_NONE)
        return known;
    struct arena *scratch = arena_new();
    const char *real = source_path_real(scratch, source_path_join(scratch, folder, name));
    uint32_t index = NO_FILE;
    if (real && source_path_is_file(real))
        index = file_at(relevance, arena_strdup(relevance->arena, real));
    arena_free(scratch);
    map_set_u64(&relevance->file_of_include, key, index);
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
static uint32_t file_by_arguments(struct relevance *relevance, const struct source_unit *unit,
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
        uint32_t file = file_in_folder(relevance, folder, name);
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
static uint32_t file_by_tree(struct relevance *relevance, const struct source_unit *unit,
                             const char *from, const char *name)
{
    struct source_cache *cache = unit->cache;
    if (!cache && !relevance->own_cache)
        relevance->own_cache = source_cache_new(relevance->arena);
    if (!cache)
        cache = relevance->own_cache;
    while (strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)
        name += name[1] == '.' ? 3 : 2;
    const char *path = source_tree_find(source_tree_of(cache, unit->root), name, from);
    return path ? file_at(relevance, path) : (uint32_t)NO_FILE;
}

static uint32_t included_file(struct relevance *relevance, const struct source_unit *unit,
                              const char *folder, const char *from, const char *name)
{
    if (name[0] == '/')
        return is_below_any(name, unit) ? (uint32_t)NO_FILE : file_in_folder(relevance, "/", name);
    uint32_t file = file_in_folder(relevance, folder, name);
    if (file == NO_FILE)
        file = file_by_arguments(relevance, unit, name);
    if (file == NO_FILE && !unit->has_command && !is_of_system(name))
        file = file_by_tree(relevance, unit, from, name);
    return file;
}

typedef VEC(uint32_t) file_queue;

static void queue_file(struct relevance *relevance, struct arena *scratch, file_queue *queue,
                       uint32_t file)
{
    if (file == NO_FILE || relevance->files.data[file].visit == relevance->visit)
        return;
    relevance->files.data[file].visit = relevance->visit;
    vec_push(scratch, queue, file);
}

static void queue_includes(struct relevance *relevance, struct arena *scratch, file_queue *queue,
                           const struct source_unit *unit, const struct scanned_file *file)
{
    for (size_t i = 0; i < file->includes.len; i++)
        queue_file(
            relevance, scratch, queue,
            included_file(relevance, unit, file->folder, file->path, file->includes.data[i]));
}

static void queue_forced_includes(struct relevance *relevance, struct arena *scratch,
                                  file_queue *queue, const struct source_unit *unit)
{
    for (size_t i = 0; i + 1 < unit->args.len; i++)
        if (strcmp(unit->args.data[i], "-include") == 0)
            queue_file(relevance, scratch, queue,
                       included_file(relevance, unit, unit->directory, unit->path,
                                     unit->args.data[i + 1]));
}

/* -DFREE=cudaFreeHost */
static bool arguments_have_name(const struct relevance *relevance, const struct source_unit *unit)
{
    for (size_t i = 0; i < unit->args.len; i++)
        if (name_search_hits(relevance->search, unit->args.data[i], strlen(unit->args.data[i])))
            return true;
    return false;
}

static bool search_files(struct relevance *relevance, struct arena *scratch,
                         const struct source_unit *unit, const struct scanned_file *main_file)
{
    file_queue queue = {0};
    relevance->visit++;
    queue_forced_includes(relevance, scratch, &queue, unit);
    queue_includes(relevance, scratch, &queue, unit, main_file);
    for (size_t i = 0; i < queue.len; i++) {
        if (i == MOST_FILES_OF_UNIT || relevance->files.data[queue.data[i]].has_name)
            return true;
        struct scanned_file file = relevance->files.data[queue.data[i]];
        queue_includes(relevance, scratch, &queue, unit, &file);
    }
    return false;
}

bool relevance_of_unit(struct relevance *relevance, const struct source_unit *unit)
{
    if (arguments_have_name(relevance, unit))
        return true;
    struct scanned_file file;
    if (unit->text) {
        file = scan_text(relevance, unit->path, unit->text, unit->text_len);
    } else {
        uint32_t index = file_at(relevance, unit->path);
        if (index == NO_FILE)
            return true; /* the parser shall say what is wrong with it */
        file = relevance->files.data[index];
    }
    if (file.has_name)
        return true;
    struct arena *scratch = arena_new();
    bool is_relevant = search_files(relevance, scratch, unit, &file);
    arena_free(scratch);
    return is_relevant;
}
