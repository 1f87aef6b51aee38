#include "cli/cli.h"
#include "cli/rule_table.h"
#include "cli/settings.h"
#include "cli/status_page.h"
#include "config/rule_list.h"
#include "support/starts_with.h"
#include "validate/record.h"

#include <ctype.h>
#include <stdbool.h>
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

/* The rules of a list such as zero-*; false where there are none. */
static bool print_pages(struct arena *arena, const struct rule_table *table, const char *list)
{
    bool any = false;

    for (size_t i = 0; i < table->count; i++)
        if (rule_list_enables(list, table->rules[i].name, false)) {
            print_page(arena, &table->rules[i]);
            any = true;
        }
    return any;
}

static bool is_status(const char *name)
{
    static const char *const beginnings[] = {"cuda", "CUDA_", "hip"};
    bool is_one = isdigit((unsigned char)name[0]);

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        is_one |= starts_with(name, beginnings[i]);
    return is_one;
}

static const struct error *explain_one(struct arena *arena, const struct rule_table *table,
                                       const struct rule_names *names, const char *name)
{
    const char *meaning = status_page(arena, name);
    const struct error *error = NULL;

    if (meaning != NULL)
        fputs(meaning, stdout);
    else if (is_status(name))
        error = error_new(arena, ERROR_USAGE,
                          "rules: '%s' is no status that the rules are about; 'cuhostlint rules "
                          "errors' explains those",
                          name);
    else
        error = rule_list_error(arena, "rules", name, names);
    if (meaning == NULL && error == NULL && !print_pages(arena, table, name))
        error = error_new(arena, ERROR_USAGE, "rules: '%s' names no rule", name);
    return error;
}

static enum exit_status explain(struct arena *arena, const struct settings *settings,
                                const struct options *options)
{
    const struct rule_table table = rule_table_all(arena);
    enum exit_status status = EXIT_CLEAN;

    for (size_t i = 0; i < options->inputs.len; i++) {
        const struct error *error =
            explain_one(arena, &table, &settings->rules, options->inputs.data[i]);

        if (error != NULL)
            status = cli_error(error);
    }
    return status;
}

/* `rules` lists all; `check --list-rules` those that the settings leave on. */
static void list(struct arena *arena, const struct settings *settings, bool all)
{
    const struct rule_table table = rule_table_all(arena);

    for (size_t i = 0; i < table.count; i++) {
        struct rule_info rule = table.rules[i];

        if (!all)
            rule.level = config_level(settings->primary, rule.name, rule.level);
        if (all || config_rule_enabled(settings->primary, rule.name, ""))
            print_line(&rule);
    }
}

enum exit_status cmd_rules(struct arena *arena, const struct options *options)
{
    bool is_command = options->command == COMMAND_RULES || options->action == ACTION_EXPLAIN;
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
