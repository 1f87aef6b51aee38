#include "cli/cli.h"
#include "cli/rule_list.h"

#include <stdio.h>

static void print_line(const struct rule_info *rule)
{
    printf("%-26s %-8s %s\n", rule->name, level_name(rule->level), rule->summary);
}

static void print_page(const struct rule_info *rule)
{
    if (rule->page != NULL)
        fputs(rule->page, stdout);
    else
        print_line(rule);
}

static enum exit_status explain(struct arena *arena, const struct rule_table *table,
                                const struct options *options)
{
    enum exit_status status = EXIT_CLEAN;

    for (size_t i = 0; i < options->inputs.len; i++) {
        const struct rule_info *rule = rule_find(table, options->inputs.data[i]);

        if (rule != NULL)
            print_page(rule);
        else
            status = cli_error(rule_unknown(arena, "rules", options->inputs.data[i]));
    }
    return status;
}

/* Also `check --list-rules`: the rules that the command line leaves switched on. */
static enum exit_status list(struct arena *arena, const struct rule_table *table,
                             const struct options *options)
{
    struct rule_selection selection = rule_selection_all(arena);

    if (options->rules != NULL) {
        const struct error *error =
            rule_selection_apply(arena, &selection, options->rules, "--rules");

        if (error != NULL)
            return cli_error(error);
    }
    for (size_t i = 0; i < table->count; i++)
        if (selection.enabled[i])
            print_line(&table->rules[i]);
    return EXIT_CLEAN;
}

enum exit_status cmd_rules(struct arena *arena, const struct options *options)
{
    struct rule_table table = rule_list_table(arena);

    if (options->command == COMMAND_RULES && options->inputs.len > 0)
        return cli_finish_stdout(explain(arena, &table, options));
    return cli_finish_stdout(list(arena, &table, options));
}
