#include "source/project/cache.h"

#include "source/project/path.h"
#include "source/project/toolkit.h"
#include "support/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const size_t RESPONSE_BUDGET = (size_t)512 << 20;
static const char DATABASE_NAME[] = "compile_commands.json";

struct source_cache *source_cache_new(struct arena *arena, struct fact_store *facts,
                                      const struct source_memory *memory)
{
    struct source_cache *cache = arena_new_object(arena, struct source_cache);
    cache->arena = arena;
    cache->database_of_path.arena = arena;
    cache->databases_of_folder.arena = arena;
    cache->roots.of_folder.arena = arena;
    cache->licences.of_folder.arena = arena;
    cache->tree_of_root.arena = arena;
    cache->is_toolkit.arena = arena;
    cache->real_of_folder.arena = arena;
    cache->response_budget = RESPONSE_BUDGET;
    cache->facts = facts ? facts : fact_store_new(arena, NULL, 0);
    cache->memory = memory;
    return cache;
}

void source_cache_forget_files(struct source_cache *cache, struct arena *arena)
{
    cache->facts = fact_store_new(arena, NULL, 0);
}

/* Two folders may have one hash: whoever chooses names can choose such ones. */
static bool is_folder(const struct real_folder *known, const char *folder, size_t len)
{
    return strncmp(known->folder, folder, len) == 0 && known->folder[len] == '\0';
}

static const char *real_folder(struct source_cache *cache, const char *folder, size_t len)
{
    uint64_t key = hash_bytes(folder, len);
    uint32_t index = map_get_u64(&cache->real_of_folder, key);
    if (index != MAP_NONE && is_folder(&cache->real_folders.data[index], folder, len))
        return cache->real_folders.data[index].real;
    struct real_folder found = {.folder = arena_strndup(cache->arena, folder, len)};
    found.real = file_real_path(cache->arena, found.folder);
    map_set_u64(&cache->real_of_folder, key, (uint32_t)cache->real_folders.len);
    vec_push(cache->arena, &cache->real_folders, found);
    return found.real;
}

const char *source_cache_real(struct source_cache *cache, const char *path)
{
    const char *base = source_path_base(path);
    struct stat info;
    if (!*base || base == path || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
        return file_real_path(cache->arena, path);
    const char *folder = real_folder(cache, path, (size_t)(base - path));
    char real[PATH_MAX];
    int len = folder ? snprintf(real, sizeof real, "%s/%s", folder[1] ? folder : "", base) : -1;
    if (len < 0 || (size_t)len >= sizeof real) {
        errno = ENOENT;
        return NULL;
    }
    if (lstat(real, &info) != 0)
        return NULL;
    return S_ISLNK(info.st_mode) ? file_real_path(cache->arena, real)
                                 : arena_strndup(cache->arena, real, (size_t)len);
}

struct database *source_cache_database(struct source_cache *cache, const char *path,
                                       struct source_list *list)
{
    uint32_t index = map_get(&cache->database_of_path, path);
    if (index != MAP_NONE)
        return cache->databases.data[index];
    const char *own = arena_strdup(cache->arena, path); /* the database keeps it too */
    struct database *database = NULL;
    const struct error *error = source_database_read(cache->arena, own, cache->memory, &database);
    if (error)
        vec_push(cache->arena, &list->problems,
                 (struct source_problem){.input = own, .error = error});
    map_set(&cache->database_of_path, own, (uint32_t)cache->databases.len);
    vec_push(cache->arena, &cache->databases, database);
    return database;
}

static void add_database_in(struct source_cache *cache, const char *folder,
                            struct folder_databases *databases, struct source_list *list)
{
    const char *path = source_path_join(cache->arena, folder, DATABASE_NAME);
    if (!source_path_is_file(path))
        return;
    struct database *database = source_cache_database(cache, path, list);
    if (database)
        vec_push(cache->arena, &databases->found, database);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void add_databases_below(struct source_cache *cache, const char *folder,
                                struct folder_databases *databases, struct source_list *list)
{
    struct dirent **names;
    int count = scandir(folder, &names, visible, alphasort);
    for (int i = 0; i < count; i++) {
        const char *below = source_path_join(cache->arena, folder, names[i]->d_name);
        add_database_in(cache, arena_strdup(cache->arena, below), databases, list);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

const struct folder_databases *
source_cache_databases_of(struct source_cache *cache, const char *folder, struct source_list *list)
{
    uint32_t index = map_get(&cache->databases_of_folder, folder);
    if (index != MAP_NONE)
        return &cache->folders.data[index];
    struct folder_databases databases = {0};
    const char *build = source_path_join(cache->arena, folder, "build");
    add_database_in(cache, folder, &databases, list);
    add_database_in(cache, build, &databases, list);
    add_databases_below(cache, build, &databases, list);
    add_database_in(cache, source_path_join(cache->arena, folder, "out"), &databases, list);
    index = (uint32_t)cache->folders.len;
    vec_push(cache->arena, &cache->folders, databases);
    map_set(&cache->databases_of_folder, arena_strdup(cache->arena, folder), index);
    return &cache->folders.data[index];
}

/* .git is a file in worktrees and submodules. */
static bool is_root(struct arena *arena, const char *folder)
{
    const char *git = source_path_join(arena, folder, ".git");
    return source_path_is_folder(git) || source_path_is_file(git) ||
           source_path_is_file(source_path_join(arena, folder, ".cuhostlint"));
}

static bool has_licence(struct arena *arena, const char *folder)
{
    static const char *const names[] = {
        "LICENSE",     "LICENSE.md",  "LICENSE.txt", "LICENSE.TXT",    "LICENSE.rst",
        "License.txt", "LICENCE",     "LICENCE.md",  "LICENCE.txt",    "COPYING",
        "COPYING.md",  "COPYING.txt", "COPYING.LIB", "COPYING.LESSER", "COPYING.LGPL",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (source_path_is_file(source_path_join(arena, folder, names[i])))
            return true;
    return false;
}

static const char *nearest_parent(struct source_cache *cache, struct nearest_parents *known,
                                  bool (*is_wanted)(struct arena *arena, const char *folder),
                                  const char *folder)
{
    uint32_t index = map_get(&known->of_folder, folder);
    if (index != MAP_NONE)
        return known->found.data[index];
    const char *found = NULL;
    if (is_wanted(cache->arena, folder))
        found = arena_strdup(cache->arena, folder);
    else if (strcmp(folder, "/") != 0)
        found = nearest_parent(cache, known, is_wanted, source_path_parent(cache->arena, folder));
    map_set(&known->of_folder, arena_strdup(cache->arena, folder), (uint32_t)known->found.len);
    vec_push(cache->arena, &known->found, found);
    return found;
}

const char *source_cache_root_of(struct source_cache *cache, const char *folder)
{
    return nearest_parent(cache, &cache->roots, is_root, folder);
}

const char *source_cache_licence_of(struct source_cache *cache, const char *folder)
{
    return nearest_parent(cache, &cache->licences, has_licence, folder);
}

bool source_cache_is_toolkit(struct source_cache *cache, const char *folder)
{
    uint32_t known = map_get(&cache->is_toolkit, folder);
    if (known == MAP_NONE) {
        known = source_toolkit_is_include_folder(folder);
        map_set(&cache->is_toolkit, arena_strdup(cache->arena, folder), known);
    }
    return known == 1;
}

const struct words *source_cache_machine_toolkit(struct source_cache *cache)
{
    if (!cache->machine_toolkit_known)
        source_toolkit_of_machine(cache->arena, &cache->machine_toolkit);
    cache->machine_toolkit_known = true;
    return &cache->machine_toolkit;
}
