/* Look-up: names by hash, regular expressions last and remembered. */
#include "models/model.h"
#include "models/read.h"
#include "support/map.h"

#include <string.h>

struct model_index {
    struct map exact;      /* function name -> index in functions; later entries win */
    struct map containers; /* likewise */
    struct map allocators;
    struct map constants;
    struct map watched;     /* hash of an identifier -> index of a watched function */
    VEC(uint32_t) patterns; /* functions with a regex, in order of reading */
    bool has_watched_pattern;
    struct map pattern_by_name;         /* cache: name -> function or NO_PATTERN */
    struct map watched_pattern_by_name; /* cache: hash of an identifier -> 1 or 0 */
};

enum { NO_PATTERN = UINT32_MAX - 1 };

/* ---- making the tables ---- */

/* The part of a qualified name behind its last "::". */
static const char *last_component(const char *name)
{
    const char *last = name;
    for (const char *colons = strstr(name, "::"); colons; colons = strstr(colons + 2, "::"))
        last = colons + 2;
    return last;
}

static void index_function(struct model_set *set, struct model_index *index, uint32_t i)
{
    const struct model_function *function = &set->functions.data[i];
    bool is_watched = models_function_is_watched(function);
    if (function->is_regex) {
        vec_push(set->arena, &index->patterns, i);
        index->has_watched_pattern |= is_watched;
        return;
    }
    map_set(&index->exact, function->name, i);
    if (is_watched) {
        const char *identifier = last_component(function->name);
        map_set_u64(&index->watched, hash_bytes(identifier, strlen(identifier)), i);
    }
}

void models_index(struct model_set *set)
{
    struct model_index *index = arena_new_object(set->arena, struct model_index);
    struct map *const maps[] = {&index->exact,
                                &index->containers,
                                &index->allocators,
                                &index->constants,
                                &index->watched,
                                &index->pattern_by_name,
                                &index->watched_pattern_by_name};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        maps[i]->arena = set->arena;
    for (uint32_t i = 0; i < set->functions.len; i++)
        index_function(set, index, i);
    for (uint32_t i = 0; i < set->containers.len; i++)
        map_set(&index->containers, set->containers.data[i].name, i);
    for (uint32_t i = 0; i < set->allocators.len; i++)
        map_set(&index->allocators, set->allocators.data[i].name, i);
    for (uint32_t i = 0; i < set->constants.len; i++)
        map_set(&index->constants, set->constants.data[i].name, i);
    set->index = index;
}

/* ---- names of the CUDA libraries ---- */

static size_t digits_at_end(const char *name, size_t len)
{
    size_t digits = 0;
    while (digits < len && name[len - digits - 1] >= '0' && name[len - digits - 1] <= '9')
        digits++;
    return digits;
}

static bool ends_with(const char *name, size_t len, const char *ending)
{
    size_t ending_len = strlen(ending);
    return len > ending_len && memcmp(name + len - ending_len, ending, ending_len) == 0;
}

/* The length of a CUDA name without what the headers append to it for versions and per-thread
 * streams: cuMemHostRegister_v2, cudaMemcpyAsync_ptsz. */
static size_t bare_length(const char *name, size_t len)
{
    if (len < 3 || memcmp(name, "cu", 2) != 0)
        return len;
    if (ends_with(name, len, "_ptsz") || ends_with(name, len, "_ptds"))
        len -= strlen("_ptsz");
    size_t digits = digits_at_end(name, len);
    if (digits && ends_with(name, len - digits, "_v"))
        len -= digits + strlen("_v");
    return len;
}

/* ---- functions ---- */

static const struct model_function *find_exact(const struct model_set *set, const char *name)
{
    uint32_t i = map_get(&set->index->exact, name);
    if (i == MAP_NONE) {
        char bare[128];
        size_t len = strlen(name), bare_len = bare_length(name, len);
        if (bare_len == len || bare_len >= sizeof bare)
            return NULL;
        memcpy(bare, name, bare_len);
        bare[bare_len] = '\0';
        i = map_get(&set->index->exact, bare);
    }
    return i == MAP_NONE ? NULL : &set->functions.data[i];
}

static bool is_std(const char *qualified)
{
    return strncmp(qualified, "std::", 5) == 0 && !strstr(qualified + 5, "::");
}

/* Could the model be meant by that query, were the names equal? */
static bool is_in_scope(const struct model_function *function, const struct model_query *query)
{
    if (function->is_qualified)
        return true;
    if (query->is_method)
        return false;
    return query->at_global_scope ||
           (function->api == MODEL_API_C && query->qualified && is_std(query->qualified));
}

static bool takes_arguments(const struct model_function *function, int count)
{
    return count >= function->min_args && (function->max_args < 0 || count <= function->max_args);
}

static uint32_t search_patterns(const struct model_set *set, const struct model_query *query,
                                const char *scoped)
{
    const struct model_index *index = set->index;
    for (size_t i = index->patterns.len; i-- > 0;) {
        const struct model_function *function = &set->functions.data[index->patterns.data[i]];
        const char *name = function->is_qualified ? scoped : query->name;
        if (is_in_scope(function, query) && takes_arguments(function, query->written_args) &&
            models_pattern_matches(function->pattern, name, strlen(name)))
            return index->patterns.data[i];
    }
    return NO_PATTERN;
}

/* The answer depends on the name, its scope and the number of arguments: all are in the key. */
static const struct model_function *
find_pattern(const struct model_set *set, const struct model_query *query, const char *scoped)
{
    struct model_index *index = set->index;
    if (!index->patterns.len)
        return NULL;
    const char kind[] = {(char)('0' + query->at_global_scope), (char)('0' + query->is_method)};
    uint64_t key = hash_bytes(scoped, strlen(scoped)) ^ hash_bytes(kind, sizeof kind) ^
                   hash_u64((uint64_t)query->written_args);
    uint32_t i = map_get_u64(&index->pattern_by_name, key);
    if (i == MAP_NONE) {
        i = search_patterns(set, query, scoped);
        map_set_u64(&index->pattern_by_name, key, i);
    }
    return i == NO_PATTERN ? NULL : &set->functions.data[i];
}

const struct model_function *models_find(const struct model_set *set,
                                         const struct model_query *query)
{
    const char *scoped = query->qualified ? query->qualified : query->name;
    const struct model_function *function = find_exact(set, scoped);
    if (!function || !is_in_scope(function, query))
        function = find_exact(set, query->name);
    if (function && is_in_scope(function, query) &&
        (!function->is_qualified || strcmp(function->name, scoped) == 0))
        return takes_arguments(function, query->written_args) ? function : NULL;
    return find_pattern(set, query, scoped);
}

/* ---- the rest ---- */

const struct model_container *models_container(const struct model_set *set, const char *qualified)
{
    uint32_t i = map_get(&set->index->containers, qualified);
    return i == MAP_NONE ? NULL : &set->containers.data[i];
}

const struct model_method *models_method(const struct model_container *container, const char *name)
{
    for (size_t i = 0; i < container->methods.len; i++)
        if (strcmp(container->methods.data[i].name, name) == 0)
            return &container->methods.data[i];
    return NULL;
}

enum model_memory models_allocator_memory(const struct model_set *set, const char *qualified)
{
    uint32_t i = map_get(&set->index->allocators, qualified);
    return i == MAP_NONE ? MODEL_MEMORY_UNKNOWN : set->allocators.data[i].memory;
}

const struct model_constant *models_constant(const struct model_set *set, const char *name)
{
    uint32_t i = map_get(&set->index->constants, name);
    return i == MAP_NONE ? NULL : &set->constants.data[i];
}

/* ---- watched names ---- */

static bool is_watched_by_pattern(const struct model_set *set, const char *name, size_t len,
                                  uint64_t hash)
{
    struct model_index *index = set->index;
    uint32_t known = map_get_u64(&index->watched_pattern_by_name, hash);
    if (known != MAP_NONE)
        return known;
    bool is_watched = false;
    for (size_t i = 0; i < index->patterns.len && !is_watched; i++) {
        const struct model_function *function = &set->functions.data[index->patterns.data[i]];
        is_watched = models_function_is_watched(function) && !function->is_qualified &&
                     models_pattern_matches(function->pattern, name, len);
    }
    map_set_u64(&index->watched_pattern_by_name, hash, is_watched);
    return is_watched;
}

bool models_is_watched(const struct model_set *set, const char *name, size_t len)
{
    uint64_t hash = hash_bytes(name, bare_length(name, len));
    uint32_t i = map_get_u64(&set->index->watched, hash);
    if (i != MAP_NONE)
        return true;
    return set->index->has_watched_pattern && is_watched_by_pattern(set, name, len, hash);
}
