#include "cli/rule_list.h"

#include "support/embedded.h"
#include "support/glob.h"
#include "support/suggest.h"

#include <string.h>

static const char *find_page(struct arena *arena, const char *rule)
{
    const char *path = arena_printf(arena, "rules/%s/%s.md", rule, rule);

    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0)
            return embedded_files[i].text;
    return NULL;
}

struct rule_table rule_list_table(struct arena *arena)
{
    struct rule_info *infos = arena_new_array(arena, rules_count, struct rule_info);

    for (size_t i = 0; i < rules_count; i++)
        infos[i] = (struct rule_info){
            .name = rules_all[i]->name,
            .level = rules_all[i]->level,
            .summary = rules_all[i]->summary,
            .page = find_page(arena, rules_all[i]->name),
        };
    return (struct rule_table){infos, rules_count};
}

struct rule_selection rule_selection_all(struct arena *arena)
{
    struct rule_selection selection = {arena_new_array(arena, rules_count, bool)};

    for (size_t i = 0; i < rules_count; i++)
        selection.enabled[i] = true;
    return selection;
}

const struct error *rule_unknown(struct arena *arena, const char *origin, const char *name)
{
    struct rule_table table = rule_list_table(arena);
    const char *meant = suggest(name, table.rules, table.count, sizeof *table.rules);

    if (meant != NULL)
        return error_new(arena, ERROR_USAGE, "%s: there is no rule '%s'; did you mean %s?", origin,
                         name, meant);
    return error_new(arena, ERROR_USAGE, "%s: there is no rule '%s'; 'cuhostlint rules' lists them",
                     origin, name);
}

/* One item of a list, without blanks around it. */
struct item {
    const char *pattern;
    size_t len;
    bool on;
};

static struct item next_item(const char **cursor)
{
    static const char blanks[] = " \t\n";
    const char *start = *cursor + strspn(*cursor, blanks);
    size_t len = strcspn(start, ",");
    struct item item = {start, len, true};

    *cursor = start[len] == ',' ? start + len + 1 : start + len;
    while (item.len > 0 && strchr(blanks, item.pattern[item.len - 1]) != NULL)
        item.len--;
    if (item.len > 0 && item.pattern[0] == '-') {
        item.on = false;
        item.pattern++;
        item.len--;
    }
    if (item.len == 3 && memcmp(item.pattern, "all", 3) == 0) {
        item.pattern = "*";
        item.len = 1;
    }
    return item;
}

const struct error *rule_selection_apply(struct arena *arena, struct rule_selection *selection,
                                         const char *list, const char *origin)
{
    const char *cursor = list;
    bool is_first = true;

    while (*cursor != '\0') {
        struct item item = next_item(&cursor);
        bool matched = false;

        if (item.len == 0)
            continue;
        for (size_t i = 0; is_first && item.on && i < rules_count; i++)
            selection->enabled[i] = false;
        is_first = false;
        for (size_t i = 0; i < rules_count; i++)
            if (glob_match(item.pattern, item.len, rules_all[i]->name)) {
                selection->enabled[i] = item.on;
                matched = true;
            }
        if (!matched)
            return rule_unknown(arena, origin, arena_strndup(arena, item.pattern, item.len));
    }
    return NULL;
}

const struct rule *const *
rule_selection_rules(struct arena *arena, const struct rule_selection *selection, size_t *count)
{
    const struct rule **rules = arena_new_array(arena, rules_count + 1, const struct rule *);

    *count = 0;
    for (size_t i = 0; i < rules_count; i++)
        if (selection->enabled[i])
            rules[(*count)++] = rules_all[i];
    return rules;
}
