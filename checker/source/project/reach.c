#include "source/project/reach.h"

#include "source/project/cache.h"
#include "source/project/path.h"
#include "source/project/tree.h"
#include "support/map.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

struct reached_file {
    const char *path, *folder;
    const struct facts *facts; /* once is_read; NULL: it cannot be read */
    bool is_read;
    uint32_t visit; /* the last walk that came by */
};

struct setting {
    struct source_unit unit; /* one of those that have it */
    uint64_t key;
};

struct reach {
    struct arena *arena;
    struct source_cache *cache; /* of the units, or one of our own where they have none */
    struct map file_of_path;    /* index into files */
    struct map file_of_include; /* hash of folder and name; index into files or NO_FILE */
    VEC(struct reached_file) files;
    struct map setting_of_key;
    VEC(struct setting) settings;
    struct map targets_of; /* by setting and file: into targets */
    VEC(file_list) targets;
    uint32_t round;
};

enum { NO_FILE = UINT32_MAX - 1, MOST_FILES_OF_UNIT = 20000 };

struct reach *reach_new(struct arena *arena)
{
    struct reach *reach = arena_new_object(arena, struct reach);
    reach->arena = arena;
    reach->file_of_path.arena = arena;
    reach->file_of_include.arena = arena;
    reach->setting_of_key.arena = arena;
    reach->targets_of.arena = arena;
    return reach;
}

/* ---- files ------------------------------------------------------------------------------- */

/* `path` is real and outlives the reach. */
static uint32_t file_at(struct reach *reach, const char *path)
{
    uint32_t index = map_get(&reach->file_of_path, path);
    if (index != MAP_NONE)
        return index;
    index = (uint32_t)reach->files.len;
    struct reached_file file = {.path = path, .folder = source_path_parent(reach->arena, path)};
    vec_push(reach->arena, &reach->files, file);
    map_set(&reach->file_of_path, path, index);
    return index;
}

const char *reach_path(const struct reach *reach, uint32_t file)
{
    return reach->files.data[file].path;
}

const struct facts *reach_facts(struct reach *reach, uint32_t file)
{
    struct reached_file *reached = &reach->files.data[file];
    if (!reached->is_read)
        reached->facts = fact_store_get(reach->cache->facts, reached->path);
    reached->is_read = true;
    return reached->facts;
}

struct fact_store *reach_open(struct reach *reach, const struct source_unit *units, size_t count)
{
    if (!reach->cache)
        reach->cache =
            count && units->cache ? units->cache : source_cache_new(reach->arena, NULL, NULL);
    struct arena *scratch = arena_new();
    VEC(const char *) paths = {0};
    for (size_t i = 0; i < count; i++)
        if (!units[i].text)
            vec_push(scratch, &paths, units[i].path);
    fact_store_fill(reach->cache->facts, paths.data, paths.len);
    arena_free(scratch);
    return reach->cache->facts;
}

/* ---- settings ---------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, const char *text)
{
    return hash_u64(hash) ^ hash_bytes(text, strlen(text));
}

static uint64_t setting_key(const struct source_unit *unit)
{
    uint64_t key = unit->has_command;
    key = mix(mix(key, unit->directory), unit->root);
    for (size_t i = 0; i < unit->args.len; i++)
        key = mix(key, unit->args.data[i]);
    for (size_t i = 0; i < unit->cuda_includes.len; i++)
        key = mix(key, unit->cuda_includes.data[i]);
    return key;
}

uint32_t reach_setting(struct reach *reach, const struct source_unit *unit)
{
    uint64_t key = setting_key(unit);
    uint32_t index = map_get_u64(&reach->setting_of_key, key);
    if (index != MAP_NONE)
        return index;
    index = (uint32_t)reach->settings.len;
    vec_push(reach->arena, &reach->settings, (struct setting){*unit, key});
    map_set_u64(&reach->setting_of_key, key, index);
    return index;
}

size_t reach_setting_count(const struct reach *reach)
{
    return reach->settings.len;
}

/* ---- what an include line means ---------------------------------------------------------- */

static uint32_t file_in_folder(struct reach *reach, const char *folder, const char *name)
{
    uint64_t key = hash_u64(hash_bytes(folder, strlen(folder))) ^ hash_bytes(name, strlen(name));
    uint32_t known = map_get_u64(&reach->file_of_include, key);
    if (known != MAP_NONE)
        return known;
    char path[PATH_MAX]; /* most names are in no folder but one: not kept */
    int len = snprintf(path, sizeof path, "%s/%s", folder[1] ? folder : "", name);
    bool fits = len > 0 && (size_t)len < sizeof path;
    const char *real = fits ? source_cache_real(reach->cache, path) : NULL;
    uint32_t index = real && source_path_is_file(real) ? file_at(reach, real) : (uint32_t)NO_FILE;
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

static bool is_of_system(struct reach *reach, const char *name)
{
    return file_in_folder(reach, "/usr/include", name) != NO_FILE ||
           file_in_folder(reach, "/usr/local/include", name) != NO_FILE;
}

/* Where no command tells the include folders: the header below the root that the parser's guess
 * (source_guess_includes) would find. */
static uint32_t file_by_tree(struct reach *reach, const struct source_unit *unit, const char *from,
                             const char *name)
{
    while (strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)
        name += name[1] == '.' ? 3 : 2;
    const char *path = source_tree_find(source_tree_of(reach->cache, unit->root), name, from);
    return path ? file_at(reach, path) : (uint32_t)NO_FILE;
}

static uint32_t included_file(struct reach *reach, const struct source_unit *unit,
                              const char *folder, const char *from, const char *name)
{
    if (name[0] == '/')
        return is_below_any(name, unit) ? (uint32_t)NO_FILE : file_in_folder(reach, "/", name + 1);
    uint32_t file = file_in_folder(reach, folder, name);
    if (file == NO_FILE)
        file = file_by_arguments(reach, unit, name);
    if (file == NO_FILE && !unit->has_command && !is_of_system(reach, name))
        file = file_by_tree(reach, unit, from, name);
    return file;
}

static void add_target(struct arena *arena, file_list *targets, uint32_t file)
{
    if (file != NO_FILE)
        vec_push(arena, targets, file);
}

static void add_forced_targets(struct reach *reach, struct arena *arena,
                               const struct source_unit *unit, file_list *targets)
{
    for (size_t i = 0; i + 1 < unit->args.len; i++)
        if (strcmp(unit->args.data[i], "-include") == 0)
            add_target(
                arena, targets,
                included_file(reach, unit, unit->directory, unit->path, unit->args.data[i + 1]));
}

static void add_targets(struct reach *reach, struct arena *arena, const struct source_unit *unit,
                        const char *path, const struct facts *facts, file_list *targets)
{
    const char *end, *folder = source_path_parent(arena, path);
    for (const char *line = facts_includes(facts, &end); line < end; line += strlen(line) + 1)
        add_target(arena, targets, included_file(reach, unit, folder, path, line + 1));
}

/* What the file includes; the same for all units of a setting. */
static file_list targets_of(struct reach *reach, uint32_t setting, uint32_t file)
{
    uint64_t key = (uint64_t)setting << 32 | file;
    uint32_t known = map_get_u64(&reach->targets_of, key);
    if (known != MAP_NONE)
        return reach->targets.data[known];
    const struct facts *facts = reach_facts(reach, file);
    const struct source_unit unit = reach->settings.data[setting].unit;
    file_list targets = {0};
    if (facts)
        add_targets(reach, reach->arena, &unit, reach_path(reach, file), facts, &targets);
    map_set_u64(&reach->targets_of, key, (uint32_t)reach->targets.len);
    vec_push(reach->arena, &reach->targets, targets);
    return targets;
}

static file_list targets_of_unit(struct reach *reach, struct arena *arena,
                                 const struct source_unit *unit, const struct facts *facts)
{
    file_list targets = {0};
    if (unit->through) /* it comes before the unit's own file, and includes that too */
        add_target(arena, &targets, file_at(reach, unit->through));
    add_forced_targets(reach, arena, unit, &targets);
    if (facts)
        add_targets(reach, arena, unit, unit->path, facts, &targets);
    return targets;
}

/* ---- from file to file ------------------------------------------------------------------- */

static void queue_files(struct reach *reach, struct arena *arena, file_list *queue,
                        const file_list *files)
{
    for (size_t i = 0; i < files->len; i++) {
        struct reached_file *file = &reach->files.data[files->data[i]];
        if (file->visit == reach->round)
            continue;
        file->visit = reach->round;
        vec_push(arena, queue, files->data[i]);
    }
}

static void follow(struct reach *reach, struct arena *scratch, uint32_t setting, file_list *queue)
{
    for (size_t i = 0; i < queue->len && i < MOST_FILES_OF_UNIT; i++) {
        file_list targets = targets_of(reach, setting, queue->data[i]);
        queue_files(reach, scratch, queue, &targets);
    }
}

file_list reach_of_unit(struct reach *reach, struct arena *scratch, const struct source_unit *unit,
                        uint32_t setting, const struct facts *facts)
{
    file_list queue = {0}, targets = targets_of_unit(reach, scratch, unit, facts);
    reach->round++;
    queue_files(reach, scratch, &queue, &targets);
    follow(reach, scratch, setting, &queue);
    return queue;
}

static bool list_has(const file_list *files, uint32_t wanted)
{
    for (size_t i = 0; i < files->len; i++)
        if (files->data[i] == wanted)
            return true;
    return false;
}

bool reach_holds(struct reach *reach, const struct source_unit *unit, const struct facts *facts,
                 const char *path)
{
    struct arena *scratch = arena_new();
    file_list files = reach_of_unit(reach, scratch, unit, reach_setting(reach, unit), facts);
    bool found = list_has(&files, file_at(reach, path));
    arena_free(scratch);
    return found;
}

bool reach_name_leads_to(struct reach *reach, const struct source_unit *unit, const char *name,
                         const char *path)
{
    struct arena *scratch = arena_new();
    const char *folder = source_path_parent(scratch, unit->path);
    file_list queue = {0}, first = {0};
    add_target(scratch, &first, included_file(reach, unit, folder, unit->path, name));
    reach->round++;
    queue_files(reach, scratch, &queue, &first);
    follow(reach, scratch, reach_setting(reach, unit), &queue);
    bool found = list_has(&queue, file_at(reach, path));
    arena_free(scratch);
    return found;
}

/* ---- of many units ----------------------------------------------------------------------- */

static void read_files(struct reach *reach, const file_list *files, size_t from)
{
    struct arena *scratch = arena_new();
    VEC(const char *) paths = {0};
    for (size_t i = from; i < files->len; i++)
        vec_push(scratch, &paths, reach_path(reach, files->data[i]));
    fact_store_fill(reach->cache->facts, paths.data, paths.len);
    arena_free(scratch);
}

/* One list of files, ring by ring: each ring is read as a whole before its include lines are
 * followed. `visit` of the files tells what is in the list. */
static void follow_rings(struct reach *reach, struct arena *arena, uint32_t setting,
                         file_list *files)
{
    for (size_t done = 0, end; done < files->len;) {
        read_files(reach, files, done);
        for (end = files->len; done < end; done++) {
            file_list targets = targets_of(reach, setting, files->data[done]);
            queue_files(reach, arena, files, &targets);
        }
    }
}

void reach_of_units(struct reach *reach, struct arena *arena, const struct source_unit *units,
                    const struct facts *const *facts, size_t count, const uint32_t *settings,
                    file_list *by_setting)
{
    struct arena *scratch = arena_new();
    file_list *members = arena_new_array(scratch, reach->settings.len, file_list);
    for (size_t i = 0; i < count; i++)
        vec_push(scratch, &members[settings[i]], (uint32_t)i);
    for (uint32_t setting = 0; setting < reach->settings.len; setting++) {
        reach->round++;
        for (size_t i = 0; i < members[setting].len; i++) {
            uint32_t unit = members[setting].data[i];
            file_list targets = targets_of_unit(reach, scratch, &units[unit], facts[unit]);
            queue_files(reach, arena, &by_setting[setting], &targets);
        }
        follow_rings(reach, arena, setting, &by_setting[setting]);
    }
    arena_free(scratch);
}
