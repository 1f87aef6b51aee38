#include "cli/settings.h"

#include "cli/project.h"
#include "cli/rule_table.h"
#include "support/file.h"
#include "support/map.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct project_roots {
    struct map by_folder; /* into list */
    VEC(const char *) list;
};

static struct rule_names rule_names(struct arena *arena)
{
    const struct rule_table table = rule_table_all(arena);
    const char **names = arena_new_array(arena, table.count, const char *);

    for (size_t i = 0; i < table.count; i++)
        names[i] = table.rules[i].name;
    return (struct rule_names){names, table.count};
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

/* The folder that the first input lies in, or is; without inputs the current one. */
static const char *first_folder(struct arena *arena, const struct options *options)
{
    const char *first = options->stdin_path;
    struct stat info;
    const char *real;

    if (first == NULL && options->inputs.len > 0)
        first = options->inputs.data[0];
    real = first != NULL ? file_real_path(arena, first) : NULL;
    if (real == NULL)
        return file_current_folder(arena);
    return stat(real, &info) == 0 && S_ISDIR(info.st_mode) ? real : folder_of(arena, real);
}

/* The project's root, looked for once for each folder. */
static const char *root_of(const struct settings *settings, const char *folder)
{
    struct project_roots *roots = settings->roots;
    uint32_t known = map_get(&roots->by_folder, folder);

    if (known == MAP_NONE) {
        known = (uint32_t)roots->list.len;
        map_set(&roots->by_folder, folder, known);
        vec_push(settings->arena, &roots->list, project_root(settings->arena, folder));
    }
    return roots->list.data[known];
}

static const struct error *find(const struct settings *settings, const char *path,
                                const struct config **config)
{
    return config_find(settings->store, path, root_of(settings, folder_of(settings->arena, path)),
                       config);
}

/* What holds where the configuration cannot be used: the command line alone. */
static const struct config *defaults(struct arena *arena, const char *folder,
                                     const struct config_overrides *overrides)
{
    struct config *config = arena_new_object(arena, struct config);

    config->folder = project_root(arena, folder);
    config_override(arena, config, overrides);
    return config;
}

const struct error *settings_read(struct arena *arena, const struct options *options,
                                  struct settings *settings)
{
    const struct config_overrides overrides = {
        .rules = options->rules,
        .has_fail_on = options->has_fail_on,
        .fail_never = options->fail_never,
        .fail_on = options->fail_on,
        .header_filter = options->header_filter,
        .baseline = options->baseline,
        .cuda_path = options->cuda_path,
        .database = options->database,
    };
    const char *folder = first_folder(arena, options);
    const struct error *error = NULL;

    *settings = (struct settings){.arena = arena, .rules = rule_names(arena)};
    settings->roots = arena_new_object(arena, struct project_roots);
    settings->roots->by_folder.arena = arena;
    settings->store = config_store_new(arena, options->config, &settings->rules, &overrides);
    if (options->rules != NULL)
        error = rule_list_error(arena, "--rules", options->rules, &settings->rules);
    if (error != NULL)
        return error;
    error = find(settings, arena_printf(arena, "%s/.", folder), &settings->primary);
    if (error == NULL || options->config != NULL)
        return error;
    settings->primary_error = error;
    settings->primary = defaults(arena, folder, &overrides);
    return NULL;
}

/* All that is default is one configuration without a name. */
static const char *name_of(const struct config *config)
{
    return config->file != NULL ? config->file : "";
}

static int by_file(const void *a, const void *b)
{
    const struct config *const *first = a, *const *second = b;

    return strcmp(name_of(*first), name_of(*second));
}

const struct config *settings_of(const struct settings *settings, const char *path)
{
    const struct config *config;

    return find(settings, path, &config) == NULL ? config : settings->primary;
}

void settings_choose_units(struct settings *settings, struct source_list *sources)
{
    struct map seen = {.arena = settings->arena}; /* messages, and names of files used */
    size_t kept = 0;

    if (settings->primary_error != NULL) {
        map_set(&seen, settings->primary_error->message, 1);
        vec_push(settings->arena, &sources->problems,
                 (struct source_problem){settings->primary->folder, settings->primary_error});
    }

    for (size_t i = 0; i < sources->units.len; i++) {
        const struct source_unit unit = sources->units.data[i];
        const struct config *config;
        const struct error *error = find(settings, unit.path, &config);
        const char *key = error != NULL ? error->message : name_of(config);

        if (map_get(&seen, key) == MAP_NONE) {
            map_set(&seen, key, 1);
            if (error != NULL)
                vec_push(settings->arena, &sources->problems,
                         (struct source_problem){unit.shown, error});
            else
                vec_push(settings->arena, &settings->used, config);
        }
        if (error != NULL)
            continue;
        if (config_lints(config, unit.path))
            sources->units.data[kept++] = unit;
        else
            vec_push(settings->arena, &sources->notes,
                     arena_printf(settings->arena, "%s: left out by paths: in %s", unit.shown,
                                  config->file));
    }
    sources->units.len = kept;
    if (settings->used.len > 1)
        qsort(settings->used.data, settings->used.len, sizeof *settings->used.data, by_file);
}

const struct error *settings_models(const struct settings *settings, struct model_set *models)
{
    const struct error *error = NULL;

    for (size_t i = 0; error == NULL && i < settings->used.len; i++)
        error = config_models(settings->used.data[i], models);
    return error;
}

static bool is_on(const struct config *config, const char *rule)
{
    return config->rules == NULL || rule_list_enables(config->rules, rule, true);
}

static bool is_on_somewhere(const struct settings *settings, const char *rule)
{
    bool found = is_on(settings->primary, rule);

    for (size_t i = 0; !found && i < settings->used.len; i++)
        found = is_on(settings->used.data[i], rule);
    return found;
}

const struct rule *const *settings_rules(const struct settings *settings, size_t *count)
{
    const struct rule **rules = arena_new_array(settings->arena, rules_count, const struct rule *);

    *count = 0;
    for (size_t i = 0; i < rules_count; i++)
        if (is_on_somewhere(settings, rules_all[i]->name))
            rules[(*count)++] = rules_all[i];
    return rules;
}

void settings_apply(const struct settings *settings, struct findings *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding finding = findings->list.data[i];
        const struct config *config = settings_of(settings, finding.at.file);

        if (!is_on(config, finding.rule))
            continue;
        finding.level = config_level(config, finding.rule, finding.level);
        if (!config_rule_enabled(config, finding.rule, finding.at.file))
            finding.suppressed_by = "paths";
        findings->list.data[kept++] = finding;
    }
    findings->list.len = kept;
}

bool settings_fail(const struct settings *settings, const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        const struct config *config;

        if (finding->suppressed_by != NULL)
            continue;
        config = settings_of(settings, finding->at.file);
        if (!config->fail_never &&
            finding->level >= (config->has_fail_on ? config->fail_on : LEVEL_WARNING))
            return true;
    }
    return false;
}
