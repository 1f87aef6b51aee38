#include "cli/check.h"
#include "cli/cli.h"
#include "cli/command_source.h"
#include "cli/fixes.h"
#include "cli/outputs.h"
#include "cli/summary.h"

#include <unistd.h>

static void explain_engine(const struct engine_stats *engine)
{
    for (size_t i = 0; i < engine->notes.len; i++)
        cli_note(engine->notes.data[i]);
}

static void report(struct check *check, const struct report_format *const *formats)
{
    struct run *run = &check->run;
    struct report_run report = outputs_frame(check);

    if (settings_fail(&run->settings, &check->findings))
        run->status = exit_status_max(run->status, EXIT_FINDINGS);
    outputs_write(check, formats, &report);
    if (run->options->verbose) {
        run_explain(run);
        explain_engine(&check->engine);
    }
    if (run->options->stats)
        summary_print_stats(&report, &check->findings);
    else if (!run->options->quiet && isatty(STDERR_FILENO))
        summary_print(&report);
}

enum exit_status check_finish(struct check *check, const struct report_format *const *formats)
{
    const struct error *error = check_findings(check);
    struct fixes fixes;

    if (error != NULL)
        check->run.status = exit_status_max(check->run.status, cli_error(error));
    fixes_prove(check, formats, &fixes);
    report(check, formats);
    fixes_run(check, &fixes);
    return check->run.options->fix_dry_run ? cli_finish_stdout(check->run.status)
                                           : check->run.status;
}

enum exit_status cmd_check(struct arena *arena, const struct options *given)
{
    const struct report_format **formats =
        arena_new_array(arena, given->outputs.len, const struct report_format *);
    const struct error *error = outputs_find(arena, given, formats);
    struct options options = *given;
    struct check check = {0};

    if (error == NULL && options.inputs.len == 0 && options.stdin_path == NULL &&
        source_args_are_command(options.compiler_args.data, options.compiler_args.len))
        error = command_source(arena, &options);
    if (error == NULL)
        error = check_prepare(arena, &options, &check);
    if (error == NULL)
        error = run_lower(&check.run, false);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    return check_finish(&check, formats);
}
