#include "cli/cli.h"
#include "cli/fixes.h"
#include "cli/header_filter.h"
#include "cli/narrow.h"
#include "cli/outcome.h"
#include "cli/project.h"
#include "cli/rule_table.h"
#include "cli/run.h"
#include "report/report.h"
#include "support/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One check from the files to the reports. */
struct check {
    struct run run;
    const struct report_format **formats; /* one for each of options->outputs */
    struct header_filter *header_filter;
    struct narrowing narrowing;
    struct findings findings;
    struct engine_stats engine;
};

static const struct error *find_formats(struct check *check, const struct options *options)
{
    struct arena *arena = check->run.arena;

    check->formats = arena_new_array(arena, options->outputs.len, const struct report_format *);
    for (size_t i = 0; i < options->outputs.len; i++) {
        check->formats[i] = report_format_find(options->outputs.data[i].format);
        if (check->formats[i] == NULL)
            return error_new(arena, ERROR_USAGE, "there is no format '%s'; there are %s",
                             options->outputs.data[i].format, report_format_names(arena));
    }
    return NULL;
}

/* Everything that can be wrong with the command line is found before the work begins. */
static const struct error *prepare(struct arena *arena, const struct options *options,
                                   struct check *check)
{
    const struct error *error = run_prepare(arena, options, &check->run);

    if (error == NULL)
        error = find_formats(check, options);
    if (error == NULL)
        error = header_filter_new(arena, check->run.settings.primary->header_filter,
                                  &check->run.sources, &check->header_filter);
    if (error == NULL)
        error = narrow_prepare(&check->run, &check->narrowing);
    return error;
}

static struct text_cache *read_texts(const struct run *run)
{
    struct text_cache *texts = text_cache_new(run->arena);

    for (size_t i = 0; i < run->sources.units.len; i++) {
        const struct source_unit *unit = &run->sources.units.data[i];

        if (unit->text != NULL)
            text_inject(texts, unit->path, unit->text, unit->text_len);
    }
    return texts;
}

static void analyse(struct check *check)
{
    struct run *run = &check->run;
    struct engine_options engine_options = {0};
    struct ir_unit **units = arena_new_array(run->arena, run->sources.units.len, struct ir_unit *);
    size_t unit_count = 0;
    double start = clock_seconds();

    for (size_t i = 0; i < run->sources.units.len; i++)
        if (run->results[i].unit != NULL)
            units[unit_count++] = run->results[i].unit;
    engine_options.rules = settings_rules(&run->settings, &engine_options.rule_count);
    engine_run(run->arena, units, unit_count, &run->models, &engine_options, &check->findings,
               &check->engine);
    settings_apply(&run->settings, &check->findings);
    header_filter_apply(check->header_filter, &check->findings);
    findings_finish(&check->findings);
    run->times.analyse = clock_seconds() - start;
}

static bool wants_color(enum color_choice choice)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static void write_reports(struct check *check, struct report_run *report)
{
    struct run *run = &check->run;
    const struct options *options = run->options;

    report->exit_status = (int)run->status;
    for (size_t i = 0; i < options->outputs.len; i++) {
        const struct output_request *output = &options->outputs.data[i];
        const struct error *error;

        report->color = output->path == NULL && wants_color(options->color);
        error = output->path == NULL
                    ? report_write(run->arena, check->formats[i], &check->findings, report, stdout)
                    : report_write_file(run->arena, check->formats[i], &check->findings, report,
                                        output->path);
        if (error != NULL)
            run->status = exit_status_max(run->status, cli_error(error));
    }
}

static void explain_engine(const struct engine_stats *engine)
{
    for (size_t i = 0; i < engine->notes.len; i++)
        cli_note(engine->notes.data[i]);
}

static void report(struct check *check)
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
    write_reports(check, &report);
    if (run->options->verbose) {
        run_explain(run);
        explain_engine(&check->engine);
    }
    if (run->options->stats)
        outcome_print_stats(&report);
}

enum exit_status cmd_check(struct arena *arena, const struct options *options)
{
    struct check check = {0};
    const struct error *error = prepare(arena, options, &check);

    if (error == NULL)
        error = run_lower(&check.run, false);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    check.findings = (struct findings){
        .arena = arena,
        .texts = read_texts(&check.run),
        .root = project_common_root(arena, &check.run.sources),
    };
    analyse(&check);
    error = narrow_findings(&check.run, &check.narrowing, &check.findings);
    if (error != NULL)
        check.run.status = exit_status_max(check.run.status, cli_error(error));
    report(&check);
    fixes_run(&check.run, &check.findings);
    return options->fix_dry_run ? cli_finish_stdout(check.run.status) : check.run.status;
}
