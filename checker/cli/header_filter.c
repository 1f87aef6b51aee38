#define PCRE2_CODE_UNIT_WIDTH 8

#include "cli/header_filter.h"

#include "findings/text.h"
#include "support/map.h"

#include <pcre2.h>
#include <string.h>

struct header_filter {
    pcre2_code *regex; /* NULL: the roots decide */
    pcre2_match_data *match;
    struct map units;        /* paths of the linted files */
    VEC(const char *) roots; /* of the units, each once */
};

static void *take_memory(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void keep_memory(void *block, void *arena)
{
    (void)block, (void)arena;
}

static const struct error *compile(struct arena *arena, const char *regex,
                                   struct header_filter *filter)
{
    pcre2_general_context *memory = pcre2_general_context_create(take_memory, keep_memory, arena);
    int code;
    size_t offset;
    PCRE2_UCHAR why[128] = "";

    filter->regex = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, PCRE2_NEVER_BACKSLASH_C,
                                  &code, &offset, pcre2_compile_context_create(memory));
    if (filter->regex != NULL) {
        filter->match = pcre2_match_data_create_from_pattern(filter->regex, memory);
        return NULL;
    }
    pcre2_get_error_message(code, why, sizeof why);
    return error_new(arena, ERROR_USAGE,
                     "--header-filter: broken regular expression '%s' at character %zu: %s", regex,
                     offset + 1, (const char *)why);
}

static void note_sources(struct arena *arena, const struct source_list *sources,
                         struct header_filter *filter)
{
    struct map seen_roots = {.arena = arena};

    filter->units = (struct map){.arena = arena};
    for (size_t i = 0; i < sources->units.len; i++) {
        const struct source_unit *unit = &sources->units.data[i];

        map_set(&filter->units, unit->path, 1);
        if (map_get(&seen_roots, unit->root) != MAP_NONE)
            continue;
        map_set(&seen_roots, unit->root, 1);
        vec_push(arena, &filter->roots, unit->root);
    }
}

static bool shows(const struct header_filter *filter, const char *path)
{
    if (map_get(&filter->units, path) != MAP_NONE)
        return true;
    if (filter->regex != NULL)
        return pcre2_match(filter->regex, (PCRE2_SPTR)path, strlen(path), 0, 0, filter->match,
                           NULL) >= 0;
    for (size_t i = 0; i < filter->roots.len; i++)
        if (text_path_below(filter->roots.data[i], path) != path)
            return true;
    return false;
}

const struct error *header_filter_new(struct arena *arena, const char *regex,
                                      const struct source_list *sources,
                                      struct header_filter **filter)
{
    *filter = arena_new_object(arena, struct header_filter);
    note_sources(arena, sources, *filter);
    return regex != NULL ? compile(arena, regex, *filter) : NULL;
}

void header_filter_apply(const struct header_filter *filter, struct findings *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->list.len; i++)
        if (shows(filter, findings->list.data[i].at.file))
            findings->list.data[kept++] = findings->list.data[i];
    findings->list.len = kept;
}
