#include "cli/cli.h"
#include "cli/run.h"
#include "ir/print.h"
#include "ir/verify.h"

#include <stdio.h>

/* Prints a unit, and says where it breaks the promises of the IR. */
static enum exit_status dump(struct arena *arena, const struct source_unit *source,
                             const struct ir_unit *unit)
{
    const char *broken;

    ir_print(stdout, unit);
    broken = ir_verify(unit);
    if (broken == NULL)
        return EXIT_CLEAN;
    return cli_error(
        error_new(arena, ERROR_ANALYSIS, "%s: the IR is broken: %s", source->shown, broken));
}

enum exit_status cmd_dump_ir(struct arena *arena, const struct options *options)
{
    struct run run;
    const struct error *error = run_prepare(arena, options, &run);

    if (error == NULL)
        error = run_lower(&run, true);
    if (error != NULL)
        return exit_status_max(run.status, cli_error(error));
    for (size_t i = 0; i < run.sources.units.len; i++)
        if (run.results[i].unit != NULL)
            run.status = exit_status_max(
                run.status, dump(arena, &run.sources.units.data[i], run.results[i].unit));
    if (options->verbose)
        run_explain(&run);
    return cli_finish_stdout(run.status);
}
