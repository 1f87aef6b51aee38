/* Look-up: names by hash, regular expressions last and remembered. */
#include "models/model.h"
#include "support/map.h"
#include "support/pattern.h"

#include <string.h>

/* A function whose name is a regular expression. */
struct function_pattern {
    uint32_t function;
    const struct pattern *compiled; /* NULL until somebody asks */
};

struct model_index {
    struct map exact;      /* function name -> its last entry in functions */
    uint32_t *earlier;     /* by function: the entry before it of the same name, or MAP_NONE */
    struct map containers; /* class name -> its last entry */
    struct map allocators; /* likewise */
    struct map constants;  /* likewise */
    struct map watched;    /* hash of an identifier -> a watched function */
    struct map asking;     /* hash of an identifier -> a function that reads the last error */
    VEC(struct function_pattern) patterns; /* in order of reading */
    VEC(const struct pattern *)
    watched_patterns;                   /* for identifiers in the text; NULL matches each */
    struct map pattern_by_query;        /* cache: hash of a query -> function or NO_PATTERN */
    struct map watched_pattern_by_name; /* cache: hash of an identifier -> 1 or 0 */
};

enum { NO_PATTERN = UINT32_MAX - 1 };

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

size_t models_bare_length(const char *name, size_t len)
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

static bool begins_as_cuda(const char *name, size_t len)
{
    return (len > 2 && memcmp(name, "cu", 2) == 0) || (len > 3 && memcmp(name, "hip", 3) == 0);
}

const char *models_held_name(const char *name, size_t *len)
{
    const char *underscore = memchr(name, '_', *len);
    if (!underscore)
        return name;
    const char *held = name;
    size_t held_len = *len;
    if (!begins_as_cuda(name, *len)) {
        held = underscore + 1;
        held_len -= (size_t)(held - name);
        if (!begins_as_cuda(held, held_len))
            return name;
        underscore = memchr(held, '_', held_len);
    }
    size_t bare = underscore ? (size_t)(underscore - held) : held_len;
    if (models_bare_length(held, held_len) != bare) /* else it is a version */
        held_len = bare;
    *len = held_len;
    return held;
}

/* ---- making the tables ---- */

/* The part of a qualified name behind its last "::". */
static const char *last_component(const char *name)
{
    const char *last = name;
    for (const char *colons = strstr(name, "::"); colons; colons = strstr(colons + 2, "::"))
        last = colons + 2;
    return last;
}

/* What an identifier in the text must look like for a regex of qualified names to hold: its part
 * behind the last "::". NULL, which matches each, where that is no regex by itself. */
static const struct pattern *identifier_pattern(struct model_set *set,
                                                const struct model_function *function)
{
    const char *why;
    return pattern_compile(set->arena, last_component(function->name), true, &why);
}

const struct model_effect *models_effect(const struct model_function *function,
                                         enum model_effect_kind kind)
{
    for (size_t i = 0; i < function->effects.len; i++)
        if (function->effects.data[i].kind == kind)
            return &function->effects.data[i];
    return NULL;
}

static void index_pattern(struct model_set *set, struct model_index *index, uint32_t i)
{
    const struct model_function *function = &set->functions.data[i];
    vec_push(set->arena, &index->patterns, (struct function_pattern){.function = i});
    if (models_function_is_watched(function))
        vec_push(set->arena, &index->watched_patterns, identifier_pattern(set, function));
}

static void index_name(struct model_set *set, struct model_index *index, uint32_t i)
{
    const struct model_function *function = &set->functions.data[i];
    const char *identifier = last_component(function->name);
    uint64_t hash = hash_bytes(identifier, models_bare_length(identifier, strlen(identifier)));
    index->earlier[i] = map_get(&index->exact, function->name);
    map_set(&index->exact, function->name, i);
    if (models_function_is_watched(function))
        map_set_u64(&index->watched, hash, i);
    if (models_effect(function, MODEL_READS_LAST_ERROR))
        map_set_u64(&index->asking, hash, i);
}

static void index_functions(struct model_set *set, struct model_index *index)
{
    index->earlier = arena_new_array(set->arena, set->functions.len, uint32_t);
    for (uint32_t i = 0; i < set->functions.len; i++)
        if (set->functions.data[i].is_regex)
            index_pattern(set, index, i);
        else
            index_name(set, index, i);
}

void models_index(struct model_set *set)
{
    struct model_index *index = arena_new_object(set->arena, struct model_index);
    struct map *const maps[] = {&index->exact,
                                &index->containers,
                                &index->allocators,
                                &index->constants,
                                &index->watched,
                                &index->asking,
                                &index->pattern_by_query,
                                &index->watched_pattern_by_name};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        maps[i]->arena = set->arena;
    index_functions(set, index);
    for (uint32_t i = 0; i < set->containers.len; i++)
        map_set(&index->containers, set->containers.data[i].name, i);
    for (uint32_t i = 0; i < set->allocators.len; i++)
        map_set(&index->allocators, set->allocators.data[i].name, i);
    for (uint32_t i = 0; i < set->constants.len; i++)
        map_set(&index->constants, set->constants.data[i].name, i);
    set->index = index;
}

/* ---- functions ---- */

/* The last entry of that name, of a CUDA name also as it is without its suffixes. */
static uint32_t last_entry(const struct model_set *set, const char *name)
{
    uint32_t i = map_get(&set->index->exact, name);
    char bare[128];
    size_t len = strlen(name), bare_len = models_bare_length(name, len);
    if (i != MAP_NONE || bare_len == len || bare_len >= sizeof bare)
        return i;
    memcpy(bare, name, bare_len);
    bare[bare_len] = '\0';
    return map_get(&set->index->exact, bare);
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

static bool matches(const struct model_set *set, struct function_pattern *pattern, const char *name)
{
    const char *why; /* the reader took it, so it is a regular expression */
    if (!pattern->compiled)
        pattern->compiled =
            pattern_compile(set->arena, set->functions.data[pattern->function].name, true, &why);
    return pattern_matches(pattern->compiled, name, strlen(name));
}

static uint32_t search_patterns(const struct model_set *set, const struct model_query *query,
                                const char *scoped)
{
    for (size_t i = set->index->patterns.len; i-- > 0;) {
        struct function_pattern *pattern = &set->index->patterns.data[i];
        const struct model_function *function = &set->functions.data[pattern->function];
        if (is_in_scope(function, query) && takes_arguments(function, query->written_args) &&
            matches(set, pattern, function->is_qualified ? scoped : query->name))
            return pattern->function;
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
    uint32_t i = map_get_u64(&index->pattern_by_query, key);
    if (i == MAP_NONE) {
        i = search_patterns(set, query, scoped);
        map_set_u64(&index->pattern_by_query, key, i);
    }
    return i == NO_PATTERN ? NULL : &set->functions.data[i];
}

/* The entries of one name, latest first. `is_known` is set where one of them is in scope: then the
 * name is taken, and a call with another number of arguments is somebody else's function. */
static const struct model_function *find_name(const struct model_set *set,
                                              const struct model_query *query, const char *name,
                                              bool is_qualified, bool *is_known)
{
    for (uint32_t i = last_entry(set, name); i != MAP_NONE; i = set->index->earlier[i]) {
        const struct model_function *function = &set->functions.data[i];
        if (function->is_qualified != is_qualified || !is_in_scope(function, query))
            continue;
        *is_known = true;
        if (takes_arguments(function, query->written_args))
            return function;
    }
    return NULL;
}

const struct model_function *models_find(const struct model_set *set,
                                         const struct model_query *query)
{
    const char *scoped = query->qualified ? query->qualified : query->name;
    bool is_known = false;
    const struct model_function *function = find_name(set, query, scoped, true, &is_known);
    if (!function)
        function = find_name(set, query, query->name, false, &is_known);
    return function || is_known ? function : find_pattern(set, query, scoped);
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

static bool is_watched_by_pattern(const struct model_set *set, const char *name, size_t len)
{
    struct model_index *index = set->index;
    uint64_t hash = hash_bytes(name, len);
    uint32_t known = map_get_u64(&index->watched_pattern_by_name, hash);
    if (known != MAP_NONE)
        return known;
    bool is_watched = false;
    for (size_t i = 0; i < index->watched_patterns.len && !is_watched; i++) {
        const struct pattern *pattern = index->watched_patterns.data[i];
        is_watched = !pattern || pattern_matches(pattern, name, len);
    }
    map_set_u64(&index->watched_pattern_by_name, hash, is_watched);
    return is_watched;
}

bool models_is_watched(const struct model_set *set, const char *name, size_t len)
{
    uint64_t hash = hash_bytes(name, models_bare_length(name, len));
    if (map_get_u64(&set->index->watched, hash) != MAP_NONE)
        return true;
    return set->index->watched_patterns.len && is_watched_by_pattern(set, name, len);
}

bool models_reads_last_error(const struct model_set *set, const char *name, size_t len)
{
    uint64_t hash = hash_bytes(name, models_bare_length(name, len));
    return map_get_u64(&set->index->asking, hash) != MAP_NONE;
}
