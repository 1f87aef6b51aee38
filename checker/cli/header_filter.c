#include "cli/header_filter.h"

#include "findings/text.h"
#include "support/map.h"
#include "support/pattern.h"

#include <string.h>

struct header_filter {
    const struct pattern *pattern; /* NULL: the roots decide */
    struct map units;              /* paths of the linted files */
    struct map sources;            /* of those that headers are parsed through */
    VEC(const char *) roots;       /* of the units, each once */
};

static void note_sources(struct arena *arena, const struct source_list *sources,
                         struct header_filter *filter)
{
    struct map seen_roots = {.arena = arena};

    filter->units = (struct map){.arena = arena};
    filter->sources = (struct map){.arena = arena};
    for (size_t i = 0; i < sources->units.len; i++) {
        const struct source_unit *unit = &sources->units.data[i];

        map_set(&filter->units, unit->path, 1);
        if (unit->through != NULL)
            map_set(&filter->sources, unit->through, 1);
        if (map_get(&seen_roots, unit->root) != MAP_NONE)
            continue;
        map_set(&seen_roots, unit->root, 1);
        vec_push(arena, &filter->roots, unit->root);
    }
}

static bool is_linted(const struct header_filter *filter, const char *path)
{
    return map_get(&filter->units, path) != MAP_NONE;
}

static bool leads_through_linted(const struct header_filter *filter, const struct finding *finding)
{
    for (size_t i = 0; i < finding->path.len; i++)
        if (is_linted(filter, finding->path.data[i].at.file))
            return true;
    return false;
}

static bool shows(const struct header_filter *filter, const struct finding *finding)
{
    const char *path = finding->at.file;

    if (is_linted(filter, path))
        return true;
    if (map_get(&filter->sources, path) != MAP_NONE)
        return leads_through_linted(filter, finding);
    if (filter->pattern != NULL)
        return pattern_matches(filter->pattern, path, strlen(path));
    for (size_t i = 0; i < filter->roots.len; i++)
        if (text_path_below(filter->roots.data[i], path) != path)
            return true;
    return false;
}

const struct error *header_filter_new(struct arena *arena, const char *regex,
                                      const struct source_list *sources,
                                      struct header_filter **filter)
{
    const char *why;

    *filter = arena_new_object(arena, struct header_filter);
    note_sources(arena, sources, *filter);
    if (regex == NULL)
        return NULL;
    (*filter)->pattern = pattern_compile(arena, regex, false, &why);
    if ((*filter)->pattern != NULL)
        return NULL;
    return error_new(arena, ERROR_USAGE, "--header-filter: broken regular expression '%s' %s",
                     regex, why);
}

void header_filter_apply(const struct header_filter *filter, struct findings *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->list.len; i++)
        if (shows(filter, &findings->list.data[i]))
            findings->list.data[kept++] = findings->list.data[i];
    findings->list.len = kept;
}
