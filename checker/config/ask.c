/* Questions to a configuration. */
#include "config/config.h"
#include "support/glob.h"

#include <string.h>

/* The part of `path` below the configuration's folder, or NULL. */
static const char *relative(const struct config *config, const char *path)
{
    size_t len = strlen(config->folder);
    if (len == 1)
        return *path == '/' ? path + 1 : NULL;
    return strncmp(path, config->folder, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

bool config_rule_enabled(const struct config *config, const char *rule, const char *path)
{
    const char *below = relative(config, path);
    bool is_on = !config->rules || rule_list_enables(config->rules, rule, true);
    for (size_t i = 0; is_on && below && i < config->paths.len; i++) {
        const struct config_path *item = &config->paths.data[i];
        if (item->rules && glob_match_path(item->glob, below))
            is_on = rule_list_enables(item->rules, rule, true);
    }
    return is_on;
}

enum level config_level(const struct config *config, const char *rule, enum level level)
{
    for (size_t i = 0; i < config->levels.len; i++)
        if (rule_list_enables(config->levels.data[i].rules, rule, false))
            level = config->levels.data[i].level;
    return level;
}

bool config_lints(const struct config *config, const char *path)
{
    const char *below = relative(config, path);
    bool lints = true;
    for (size_t i = 0; below && i < config->paths.len; i++) {
        const struct config_path *item = &config->paths.data[i];
        if (item->has_lint && glob_match_path(item->glob, below))
            lints = item->lint;
    }
    return lints;
}

const struct error *config_models(const struct config *config, struct model_set *set)
{
    struct yproblems problems = {.arena = set->arena, .origin = config->file};
    if (config->document)
        models_read_sections(set, &problems, config->document);
    return ydoc_error(&problems);
}
