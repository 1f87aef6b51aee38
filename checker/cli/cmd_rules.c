#include "cli/cli.h"
#include "cli/rule_table.h"
#include "cli/settings.h"
#include "validate/record.h"

#include <stdio.h>

static void print_line(const struct rule_info *rule)
{
    printf("%-24s %-8s %s\n", rule->name, level_name(rule->level), rule->summary);
}

static void print_page(struct arena *arena, const struct rule_info *rule)
{
    const char *measured = record_section(arena, rule->name);

    if (rule->page != NULL)
        fputs(rule->page, stdout);
    else
        print_line(rule);
    if (measured != NULL)
        printf("\n%s", measured);
}

static enum exit_status explain(struct arena *arena, const struct settings *settings,
                                const struct options *options)
{
    const struct rule_table table = rule_table_all(arena);
    enum exit_status status = EXIT_CLEAN;

    for (size_t i = 0; i < options->inputs.len; i++) {
        const char *name = options->inputs.data[i];
        const struct rule_info *rule = rule_find(&table, name);

        if (rule != NULL)
            print_page(arena, rule);
        else
            status = cli_error(rule_list_error(arena, "rules", name, &settings->rules));
    }
    return status;
}

/* `rules` lists all; `check --list-rules` those that the settings leave on. */
static void list(struct arena *arena, const struct settings *settings, bool all)
{
    const struct rule_table table = rule_table_all(arena);

    for (size_t i = 0; i < table.count; i++)
        if (all || config_rule_enabled(settings->primary, table.rules[i].name, ""))
            print_line(&table.rules[i]);
}

enum exit_status cmd_rules(struct arena *arena, const struct options *options)
{
    bool is_command = options->command == COMMAND_RULES;
    struct settings settings;
    const struct error *error = settings_read(arena, options, &settings);
    enum exit_status status = EXIT_CLEAN;

    if (error == NULL && !is_command)
        error = settings.primary_error;
    if (error != NULL)
        return cli_error(error);
    if (is_command && options->inputs.len > 0)
        status = explain(arena, &settings, options);
    else
        list(arena, &settings, is_command);
    return cli_finish_stdout(status);
}
