#include "source/project/route.h"

#include "source/commands/unit.h"
#include "source/project/includers.h"
#include "source/project/path.h"
#include "source/project/reach.h"
#include "source/project/tree.h"
#include "source/project/walk.h"
#include "source/text/cut.h"
#include "source/text/text.h"
#include "support/nearness.h"

#include <stdlib.h>
#include <string.h>

/* MOST_TRIED: of the sources of one folder whose include lines seem to lead to a header.
 * MOST_FILES: that are read for their include lines. MOST_CLIMBED: folders above the header that
 * are looked through where no mark says how far the project goes. */
enum { MOST_TRIED = 8, MOST_FILES = 10000, MOST_CLIMBED = 3 };

struct router {
    struct finder *finder;
    struct relevance *relevance;
    struct includers *includers;
};

struct candidate {
    const char *path;
    bool has_entry, same_language, same_stem;
    struct nearness near;
};

/* ---- which is the best ------------------------------------------------------------------- */

static bool is_gpu(enum source_language language)
{
    return language == SOURCE_CUDA || language == SOURCE_HIP;
}

static bool has_language(const char *path, enum source_language wanted)
{
    enum source_language language = SOURCE_CXX;
    bool is_header;
    source_language_of_ending(path, &language, &is_header);
    return is_gpu(language) == is_gpu(wanted);
}

static bool has_stem(const char *path, const char *other)
{
    size_t len = source_path_stem_length(path);
    return source_path_stem_length(other) == len &&
           strncmp(source_path_base(path), source_path_base(other), len) == 0;
}

static struct candidate describe(struct finder *finder, const struct source_unit *header,
                                 const char *path)
{
    return (struct candidate){
        .path = path,
        .has_entry = source_has_entry(finder, path),
        .same_language = has_language(path, header->language),
        .same_stem = has_stem(path, header->path),
        .near = nearness_of(path, header->path),
    };
}

static int best_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->has_entry != y->has_entry)
        return y->has_entry - x->has_entry;
    if (x->same_language != y->same_language)
        return y->same_language - x->same_language;
    if (x->same_stem != y->same_stem)
        return y->same_stem - x->same_stem;
    int order = nearness_compare(x->near, y->near);
    return order != 0 ? order : strcmp(x->path, y->path);
}

/* ---- one header -------------------------------------------------------------------------- */

static size_t length_read(struct reach *reach, const struct source_unit *source, const char *header)
{
    struct arena *scratch = arena_new();
    struct source_text text = {0};
    size_t len = SIZE_MAX;
    if (source_read_text(scratch, source->path, &text))
        len = cut_behind_header(reach, source, text.data, text.len, header);
    arena_free(scratch);
    return len;
}

static struct source_unit unit_through(const struct router *router,
                                       const struct source_unit *header,
                                       const struct source_unit *source)
{
    struct arena *arena = router->finder->arena;
    struct source_unit unit = *source;
    unit.path = header->path;
    unit.shown = header->shown;
    unit.root = header->root;
    unit.text = header->text;
    unit.text_len = header->text_len;
    unit.is_header = true;
    unit.origin =
        arena_printf(arena, "%s, through '%s', which includes it", source->origin, source->shown);
    unit.through = source->path;
    unit.through_len = length_read(relevance_reach(router->relevance), source, header->path);
    unit.alone = arena_copy(arena, header, sizeof *header);
    return unit;
}

/* The best source of the scope that reaches the header as the compiler would. */
static bool find_in(const struct router *router, const struct source_unit *header,
                    const struct include_scope *scope, struct source_unit *source)
{
    struct finder *finder = router->finder;
    struct words paths = {0};
    struct reach *reach = relevance_reach(router->relevance);
    includers_find(router->includers, header->path, scope, &paths);
    struct candidate *candidates = arena_new_array(finder->arena, paths.len, struct candidate);
    for (size_t i = 0; i < paths.len; i++)
        candidates[i] = describe(finder, header, paths.data[i]);
    if (paths.len > 1)
        qsort(candidates, paths.len, sizeof *candidates, best_first);
    for (size_t i = 0; i < paths.len && i < MOST_TRIED; i++) {
        *source = source_make_unit(finder, candidates[i].path, NULL, 0);
        const struct facts *facts = fact_store_get(finder->cache->facts, source->path);
        if (facts && reach_holds(reach, source, facts, header->path))
            return true;
    }
    return false;
}

/* The outermost folder that is looked through: the project, or where no mark says what that is, one
 * not far above the header and not above the folder that the user stands in. */
static const char *top_of(const struct finder *finder, const struct source_unit *header)
{
    const char *folder = source_path_parent(finder->arena, header->path), *top = folder;
    if (source_cache_root_of(finder->cache, folder) || strcmp(header->root, folder) != 0)
        return header->root;
    for (int i = 0; i < MOST_CLIMBED && strcmp(top, finder->current) != 0 &&
                    source_path_is_below(top, finder->current);
         i++)
        top = source_path_parent(finder->arena, top);
    return top;
}

static bool find_source(const struct router *router, const struct source_unit *header,
                        bool is_relevant, struct source_unit *source)
{
    struct finder *finder = router->finder;
    const char *top = top_of(finder, header);
    const char *folder = source_path_parent(finder->arena, header->path);
    struct include_scope scope = {source_tree_of(finder->cache, top), folder, false};
    bool found = find_in(router, header, &scope, source);
    for (scope.is_deep = true; is_relevant && !found; scope.folder = folder) {
        if (source_tree_len_below(scope.tree, scope.folder) > MOST_FILES)
            return false;
        found = find_in(router, header, &scope, source);
        if (strcmp(scope.folder, top) == 0 || strcmp(scope.folder, "/") == 0)
            break;
        folder = source_path_parent(finder->arena, scope.folder);
    }
    return found;
}

/* ---- all of them ------------------------------------------------------------------------- */

static bool is_to_be_routed(struct finder *finder, const struct source_unit *unit)
{
    return unit->is_header && !source_has_entry(finder, unit->path);
}

void source_route_headers(struct source_list *list, struct relevance *relevance)
{
    struct finder *finder = list->finder;
    if (!finder || finder->request->has_compiler_args)
        return;
    struct arena *scratch = arena_new();
    VEC(struct source_unit) headers = {0};
    VEC(size_t) places = {0};
    for (size_t i = 0; i < list->units.len; i++) {
        if (!is_to_be_routed(finder, &list->units.data[i]))
            continue;
        vec_push(scratch, &headers, list->units.data[i]);
        vec_push(scratch, &places, i);
    }
    bool *relevant = arena_new_array(scratch, headers.len, bool);
    if (headers.len > 0)
        relevance_of_units(relevance, headers.data, headers.len, relevant);
    const struct router router = {finder, relevance, includers_new(scratch, finder->cache)};
    for (size_t i = 0; i < headers.len; i++) {
        struct source_unit source;
        if (find_source(&router, &headers.data[i], relevant[i], &source))
            list->units.data[places.data[i]] = unit_through(&router, &headers.data[i], &source);
    }
    arena_free(scratch);
}
