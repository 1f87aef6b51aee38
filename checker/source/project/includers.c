#include "source/project/includers.h"

#include "source/project/path.h"
#include "source/project/tree.h"
#include "source/project/walk.h"

#include <string.h>

struct include_line {
    const char *file;
    const char *name; /* with its quote or bracket in front */
    uint32_t next;    /* of the same last part, or MAP_NONE */
};

struct includers {
    struct arena *arena;
    struct source_cache *cache;
    VEC(struct include_line) lines;
    struct map by_base;
    struct map files;   /* whose lines are known */
    struct map folders; /* likewise: 1 with all that is below them, 0 alone */
};

struct includers *includers_new(struct arena *arena, struct source_cache *cache)
{
    struct includers *includers = arena_new_object(arena, struct includers);
    includers->arena = arena;
    includers->cache = cache;
    includers->by_base.arena = arena;
    includers->files.arena = arena;
    includers->folders.arena = arena;
    return includers;
}

/* ---- reading ----------------------------------------------------------------------------- */

static bool is_directly_in(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    len -= len == 1; /* "/" */
    return strncmp(path, folder, len) == 0 && source_path_base(path) == path + len + 1;
}

static bool is_in_scope(const char *path, const struct include_scope *scope)
{
    return scope->is_deep ? source_path_is_below(path, scope->folder)
                          : is_directly_in(path, scope->folder);
}

static void take_lines(struct includers *includers, const char *path)
{
    const struct facts *facts = fact_store_get(includers->cache->facts, path);
    if (!facts)
        return;
    const char *end;
    for (const char *name = facts_includes(facts, &end); name < end; name += strlen(name) + 1) {
        const char *base = strchr(name, '/') ? source_path_base(name) : name + 1;
        uint32_t index = (uint32_t)includers->lines.len;
        struct include_line line = {path, name, map_get(&includers->by_base, base)};
        vec_push(includers->arena, &includers->lines, line);
        map_set(&includers->by_base, base, index);
    }
}

static bool is_read(const struct includers *includers, const struct include_scope *scope)
{
    uint32_t known = map_get(&includers->folders, scope->folder);
    return known != MAP_NONE && known >= (uint32_t)scope->is_deep;
}

static void read_scope(struct includers *includers, const struct include_scope *scope)
{
    struct words paths = {0};
    if (is_read(includers, scope))
        return;
    map_set(&includers->folders, arena_strdup(includers->arena, scope->folder), scope->is_deep);
    for (size_t i = 0; i < source_tree_len(scope->tree); i++) {
        const char *path = source_tree_path(scope->tree, i);
        if (!is_in_scope(path, scope) || map_get(&includers->files, path) != MAP_NONE)
            continue;
        map_set(&includers->files, path, 0);
        vec_push(includers->arena, &paths, path);
    }
    fact_store_fill(includers->cache->facts, paths.data, paths.len);
    for (size_t i = 0; i < paths.len; i++)
        take_lines(includers, paths.data[i]);
}

/* ---- from file to file ------------------------------------------------------------------- */

static const char *without_climbing(const char *name)
{
    while (strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)
        name += name[1] == '.' ? 3 : 2;
    return name;
}

static bool may_lead_to(struct arena *scratch, const struct include_line *line, const char *path)
{
    const char *name = line->name + 1;
    const char *folder = source_path_parent(scratch, line->file);
    const char *beside = source_path_normal(scratch, folder, name);
    if (strcmp(beside, path) == 0)
        return true;
    if (line->name[0] == '"' && source_path_is_file(beside))
        return false;
    return source_path_ends_in(path, without_climbing(name));
}

void includers_find(struct includers *includers, const char *header,
                    const struct include_scope *scope, struct words *sources)
{
    struct arena *scratch = arena_new();
    struct words queue = {0};
    struct map met = {.arena = scratch};
    read_scope(includers, scope);
    vec_push(scratch, &queue, header);
    map_set(&met, header, 0);
    for (size_t i = 0; i < queue.len; i++) {
        const char *path = queue.data[i];
        for (uint32_t next = map_get(&includers->by_base, source_path_base(path)); next != MAP_NONE;
             next = includers->lines.data[next].next) {
            const struct include_line *line = &includers->lines.data[next];
            if (map_get(&met, line->file) != MAP_NONE || !is_in_scope(line->file, scope) ||
                !may_lead_to(scratch, line, path))
                continue;
            map_set(&met, line->file, 0);
            if (source_is_source(line->file))
                vec_push(includers->arena, sources, line->file);
            else
                vec_push(scratch, &queue, line->file);
        }
    }
    arena_free(scratch);
}
