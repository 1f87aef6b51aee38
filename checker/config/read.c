#include "config/config.h"
#include "support/pattern.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct config_draft {
    struct config *config;
    const struct rule_names *rules;
    bool is_trusted;
};

struct path_draft {
    struct config_draft *draft;
    struct config_path path; /* without its glob */
    const struct ynode *globs;
};

/* ---- values ---- */

static void read_rule_list(struct yproblems *problems, const struct ynode *value,
                           const struct rule_names *rules, const char **list)
{
    if (ydoc_string(problems, value, list))
        rule_list_check(problems, value, *list, rules);
}

static void read_rules(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    struct config_draft *draft = object;
    read_rule_list(problems, value, draft->rules, &draft->config->rules);
}

static void read_fail_on(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"note", "warning", "error", "never"};
    struct config *config = ((struct config_draft *)object)->config;
    int word = ydoc_word(problems, value, "level", words, COUNT(words), sizeof *words);
    if (word < 0)
        return;
    config->has_fail_on = true;
    config->fail_never = word == 3;
    config->fail_on = config->fail_never ? LEVEL_WARNING : (enum level)word;
}

static void read_header_filter(struct yproblems *problems, const struct yfield *field,
                               const struct ynode *value, void *object)
{
    (void)field;
    struct config *config = ((struct config_draft *)object)->config;
    const char *why;
    if (!ydoc_string(problems, value, &config->header_filter))
        return;
    if (!pattern_compile(problems->arena, config->header_filter, false, &why))
        ydoc_problem(problems, value, "broken regular expression %s", why);
}

/* A file name, relative to the folder of the configuration. */
static bool read_file_name(struct yproblems *problems, const struct ynode *value,
                           const struct config *config, const char **name)
{
    const char *text;
    if (!ydoc_string(problems, value, &text))
        return false;
    if (!*text) {
        ydoc_problem(problems, value, "a file name must not be empty");
        return false;
    }
    *name = *text == '/' ? text : arena_printf(problems->arena, "%s/%s", config->folder, text);
    return true;
}

static void read_cuda_path(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    struct config *config = ((struct config_draft *)object)->config;
    read_file_name(problems, value, config, &config->cuda_path);
}

static void read_database(struct yproblems *problems, const struct yfield *field,
                          const struct ynode *value, void *object)
{
    (void)field;
    struct config *config = ((struct config_draft *)object)->config;
    read_file_name(problems, value, config, &config->database);
}

static bool climbs(const char *name)
{
    if (*name == '/')
        return true;
    for (const char *part = name; *part; part += strspn(part, "/")) {
        size_t len = strcspn(part, "/");
        if (len == 2 && memcmp(part, "..", 2) == 0)
            return true;
        part += len;
    }
    return false;
}

static void read_baseline(struct yproblems *problems, const struct yfield *field,
                          const struct ynode *value, void *object)
{
    (void)field;
    struct config_draft *draft = object;
    if (!read_file_name(problems, value, draft->config, &draft->config->baseline))
        return;
    if (!draft->is_trusted && climbs(value->text))
        ydoc_problem(problems, value, "the baseline must lie below the folder of this file");
}

/* ---- paths ---- */

static void read_path_globs(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    (void)field;
    if (value->kind == YNODE_MAPPING || (value->kind == YNODE_SEQUENCE && !value->items.len))
        ydoc_problem(problems, value, "expected a path or a list of paths");
    else
        ((struct path_draft *)object)->globs = value;
}

static void read_path_rules(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    (void)field;
    struct path_draft *draft = object;
    read_rule_list(problems, value, draft->draft->rules, &draft->path.rules);
}

static void read_path_lint(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    struct path_draft *draft = object;
    draft->path.has_lint = ydoc_bool(problems, value, &draft->path.lint);
}

/* As .gitignore: a leading slash anchors, a glob without any slash holds at every depth, and a
 * folder means all that is below it. */
static const char *full_glob(struct arena *arena, const char *glob)
{
    size_t len = strlen(glob);
    const char *below = glob[len - 1] == '/' ? "**" : "";
    if (*glob == '/')
        return arena_printf(arena, "%s%s", glob + 1, below);
    bool is_anchored = memchr(glob, '/', len - 1) != NULL;
    return arena_printf(arena, "%s%s%s", is_anchored ? "" : "**/", glob, below);
}

static void add_path(struct yproblems *problems, const struct ynode *node,
                     const struct path_draft *draft)
{
    const char *glob;
    if (!ydoc_string(problems, node, &glob))
        return;
    if (!*glob || strcmp(glob, "/") == 0) {
        ydoc_problem(problems, node, "a path must name something");
        return;
    }
    struct config_path path = draft->path;
    path.glob = full_glob(problems->arena, glob);
    vec_push(problems->arena, &draft->draft->config->paths, path);
}

static void read_path(struct yproblems *problems, const struct ynode *item,
                      struct config_draft *config)
{
    static const struct yfield fields[] = {{.key = "path", .read = read_path_globs},
                                           {.key = "rules", .read = read_path_rules},
                                           {.key = "lint", .read = read_path_lint}};
    struct path_draft draft = {.draft = config};
    if (!ydoc_fields(problems, item, "an item of 'paths'", fields, COUNT(fields), &draft))
        return;
    if (!draft.globs)
        ydoc_problem(problems, item, "an item of 'paths' needs the key 'path'");
    else if (!ydoc_get(item, "rules") && !ydoc_get(item, "lint"))
        ydoc_problem(problems, item, "an item of 'paths' needs 'rules' or 'lint'");
    else if (draft.globs->kind == YNODE_SCALAR)
        add_path(problems, draft.globs, &draft);
    for (size_t i = 0; draft.globs && i < draft.globs->items.len; i++)
        add_path(problems, draft.globs->items.data[i], &draft);
}

static void read_paths(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    if (value->kind != YNODE_SEQUENCE)
        ydoc_problem(problems, value, "'paths' must be a list");
    for (size_t i = 0; value->kind == YNODE_SEQUENCE && i < value->items.len; i++)
        read_path(problems, value->items.data[i], object);
}

/* ---- levels ---- */

static void read_level(struct yproblems *problems, const struct ynode *rule,
                       const struct ynode *value, struct config_draft *draft)
{
    static const char *const words[] = {"note", "warning", "error"};
    struct config_level item;
    int word;
    read_rule_list(problems, rule, draft->rules, &item.rules);
    word = ydoc_word(problems, value, "level", words, COUNT(words), sizeof *words);
    if (word < 0)
        return;
    item.level = (enum level)word;
    vec_push(problems->arena, &draft->config->levels, item);
}

static void read_levels(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    if (value->kind != YNODE_MAPPING)
        ydoc_problem(problems, value, "'levels' must map rules to levels: register-leak: error");
    for (size_t i = 0; value->kind == YNODE_MAPPING && i + 1 < value->items.len; i += 2)
        read_level(problems, value->items.data[i], value->items.data[i + 1], object);
}

/* ---- the file ---- */

/* Read by the models room: see models_read_sections. */
static void leave_to_models(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    (void)problems, (void)field, (void)value, (void)object;
}

static const struct yfield config_fields[] = {{.key = "rules", .read = read_rules},
                                              {.key = "fail-on", .read = read_fail_on},
                                              {.key = "levels", .read = read_levels},
                                              {.key = "header-filter", .read = read_header_filter},
                                              {.key = "baseline", .read = read_baseline},
                                              {.key = "cuda-path", .read = read_cuda_path},
                                              {.key = "database", .read = read_database},
                                              {.key = "paths", .read = read_paths},
                                              {.key = "functions", .read = leave_to_models},
                                              {.key = "containers", .read = leave_to_models},
                                              {.key = "allocators", .read = leave_to_models},
                                              {.key = "constants", .read = leave_to_models}};

static const char *folder_of(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    if (!slash)
        return ".";
    return slash == file ? "/" : arena_strndup(arena, file, (size_t)(slash - file));
}

void config_read(struct yproblems *problems, const char *text, size_t len, const char *file,
                 bool is_trusted, const struct rule_names *rules, struct config *config)
{
    struct arena *arena = problems->arena;
    *config = (struct config){.file = arena_strdup(arena, file), .folder = folder_of(arena, file)};
    struct ynode *root = ydoc_read(problems, text, len);
    if (!root)
        return;
    struct config_draft draft = {config, rules, is_trusted};
    ydoc_fields(problems, root, "the configuration", config_fields, COUNT(config_fields), &draft);
    struct model_set checked = {.arena = arena};
    models_read_sections(&checked, problems, root);
    config->document = root;
}

void config_override(struct arena *arena, struct config *config,
                     const struct config_overrides *overrides)
{
    config->rules = rule_list_join(arena, config->rules, overrides->rules);
    if (overrides->has_fail_on) {
        config->has_fail_on = true;
        config->fail_never = overrides->fail_never;
        config->fail_on = overrides->fail_on;
    }
    if (overrides->header_filter)
        config->header_filter = overrides->header_filter;
    if (overrides->baseline)
        config->baseline = overrides->baseline;
    if (overrides->cuda_path)
        config->cuda_path = overrides->cuda_path;
    if (overrides->database)
        config->database = overrides->database;
}
