#include "cli/rule_table.h"

#include "engine/rule.h"
#include "support/embedded.h"

#include <string.h>

static const char *find_page(struct arena *arena, const char *rule)
{
    const char *path = arena_printf(arena, "rules/%s/%s.md", rule, rule);

    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, path) == 0)
            return embedded_files[i].text;
    return NULL;
}

struct rule_table rule_table_all(struct arena *arena)
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
