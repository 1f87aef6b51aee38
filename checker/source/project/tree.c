#include "source/project/tree.h"

#include "source/project/path.h"
#include "source/project/walk.h"
#include "support/nearness.h"

#include <string.h>

struct tree_file {
    const char *path;
    uint32_t next; /* of the same name, or MAP_NONE */
};

struct source_tree {
    struct arena *arena;
    VEC(struct tree_file) files;
    struct map by_name;
    bool complete;
};

static const struct walk_limits limits = {.max_files = 300000, .max_depth = 24, .max_seconds = 4};

/* Headers have one of our endings, or none at all (<Eigen/Dense>), or are made to be included. */
bool source_tree_holds(const char *path)
{
    static const char *const others[] = {"", ".def", ".inc", ".impl", ".tcc", ".hpp.inc", ".cui"};
    enum source_language language;
    bool is_header;
    if (source_language_of_ending(path, &language, &is_header))
        return true;
    const char *ending = source_path_ending(path);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(ending, others[i]) == 0)
            return true;
    return false;
}

static void add_file(void *context, const char *path)
{
    struct source_tree *tree = context;
    if (!source_tree_holds(path))
        return;
    uint32_t index = (uint32_t)tree->files.len;
    const char *kept = arena_strdup(tree->arena, path);
    const char *name = source_path_base(kept);
    struct tree_file file = {.path = kept, .next = map_get(&tree->by_name, name)};
    vec_push(tree->arena, &tree->files, file);
    map_set(&tree->by_name, name, index);
}

const struct source_tree *source_tree_of(struct source_cache *cache, const char *root)
{
    uint32_t index = map_get(&cache->tree_of_root, root);
    if (index != MAP_NONE)
        return cache->trees.data[index];
    struct source_tree *tree = arena_new_object(cache->arena, struct source_tree);
    tree->arena = cache->arena;
    tree->by_name.arena = cache->arena;
    tree->complete = source_walk(root, &limits, add_file, tree);
    /* the cache outlives the caller and its units */
    map_set(&cache->tree_of_root, arena_strdup(cache->arena, root), (uint32_t)cache->trees.len);
    vec_push(cache->arena, &cache->trees, tree);
    return tree;
}

static bool is_nearer(const char *path, const char *best, const char *from)
{
    int order = nearness_compare(nearness_of(path, from), nearness_of(best, from));
    return order != 0 ? order < 0 : strcmp(path, best) < 0;
}

const char *source_tree_find(const struct source_tree *tree, const char *name, const char *from)
{
    const char *best = NULL;
    for (uint32_t i = map_get(&tree->by_name, source_path_base(name)); i != MAP_NONE;
         i = tree->files.data[i].next) {
        const char *path = tree->files.data[i].path;
        if (source_path_ends_in(path, name) && (!best || is_nearer(path, best, from)))
            best = path;
    }
    return best;
}

size_t source_tree_len(const struct source_tree *tree)
{
    return tree->files.len;
}

size_t source_tree_len_below(const struct source_tree *tree, const char *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < tree->files.len; i++)
        count += source_path_is_below(tree->files.data[i].path, folder);
    return count;
}

const char *source_tree_path(const struct source_tree *tree, size_t index)
{
    return tree->files.data[index].path;
}

XXH128_hash_t source_tree_hash(const struct source_tree *tree)
{
    XXH128_hash_t hash = {0, 0};
    for (size_t i = 0; i < tree->files.len; i++) {
        const char *path = tree->files.data[i].path;
        const XXH128_hash_t pair[] = {hash, XXH3_128bits(path, strlen(path))};
        hash = XXH3_128bits(pair, sizeof pair);
    }
    return hash;
}

bool source_tree_is_complete(const struct source_tree *tree)
{
    return tree->complete;
}
