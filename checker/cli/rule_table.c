#include "cli/rule_table.h"

#include "engine/rule.h"
#include "support/embedded.h"

struct rule_table rule_table_all(struct arena *arena)
{
    struct rule_info *infos = arena_new_array(arena, rules_count, struct rule_info);

    for (size_t i = 0; i < rules_count; i++)
        infos[i] = (struct rule_info){
            .name = rules_all[i]->name,
            .level = rules_all[i]->level,
            .summary = rules_all[i]->summary,
            .page = embedded_file_text(
                arena_printf(arena, "rules/%s/%s.md", rules_all[i]->name, rules_all[i]->name)),
        };
    return (struct rule_table){infos, rules_count};
}
