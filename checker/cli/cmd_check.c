#include "cli/check.h"
#include "cli/cli.h"
#include "cli/fixes.h"
#include "cli/outcome.h"
#include "cli/project.h"
#include "cli/rule_table.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Finds the format of each of options->outputs. */
static const struct error *find_formats(struct arena *arena, const struct options *options,
                                        const struct report_format **formats)
{
    for (size_t i = 0; i < options->outputs.len; i++) {
        formats[i] = report_format_find(options->outputs.data[i].format);
        if (formats[i] == NULL)
            return error_new(arena, ERROR_USAGE, "there is no format '%s'; there are %s",
                             options->outputs.data[i].format, report_format_names(arena));
    }
    return NULL;
}

static bool wants_color(enum color_choice choice)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static void write_reports(struct check *check, const struct report_format *const *formats,
                          struct report_run *report)
{
    struct run *run = &check->run;
    const struct options *options = run->options;

    report->exit_status = (int)run->status;
    for (size_t i = 0; i < options->outputs.len; i++) {
        const struct output_request *output = &options->outputs.data[i];
        const struct error *error;

        report->color = output->path == NULL && wants_color(options->color);
        error =
            output->path == NULL
                ? report_write(run->arena, formats[i], &check->findings, report, stdout)
                : report_write_file(run->arena, formats[i], &check->findings, report, output->path);
        if (error != NULL)
            run->status = exit_status_max(run->status, cli_error(error));
    }
}

static void explain_engine(const struct engine_stats *engine)
{
    for (size_t i = 0; i < engine->notes.len; i++)
        cli_note(engine->notes.data[i]);
}

static void report(struct check *check, const struct report_format *const *formats)
{
    struct run *run = &check->run;
    struct report_run report = {
        .version = CUHOSTLINT_VERSION,
        .root = check->findings.root,
        .folder = project_current_folder(run->arena),
        .rules = rule_table_all(run->arena),
        .texts = check->findings.texts,
        .with_suppressed = true,
    };

    if (settings_fail(&run->settings, &check->findings))
        run->status = exit_status_max(run->status, EXIT_FINDINGS);
    outcome_fill(run, &check->engine, &check->findings, &report);
    write_reports(check, formats, &report);
    if (run->options->verbose) {
        run_explain(run);
        explain_engine(&check->engine);
    }
    if (run->options->stats)
        outcome_print_stats(&report);
    else if (!run->options->quiet && isatty(STDERR_FILENO))
        outcome_print_summary(&report, &check->findings);
}

enum exit_status cmd_check(struct arena *arena, const struct options *options)
{
    const struct report_format **formats =
        arena_new_array(arena, options->outputs.len, const struct report_format *);
    const struct error *error = find_formats(arena, options, formats);
    struct check check = {0};

    if (error == NULL)
        error = check_prepare(arena, options, &check);
    if (error == NULL)
        error = run_lower(&check.run, false);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    error = check_findings(&check);
    if (error != NULL)
        check.run.status = exit_status_max(check.run.status, cli_error(error));
    report(&check, formats);
    fixes_run(&check.run, &check.findings);
    return options->fix_dry_run ? cli_finish_stdout(check.run.status) : check.run.status;
}
