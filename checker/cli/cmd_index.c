/* index: one compile command becomes one unit in a file, as a compiler makes an object. */
#include "cli/cli.h"
#include "cli/command_source.h"
#include "cli/run.h"
#include "cli/unit_file.h"

enum exit_status cmd_index(struct arena *arena, const struct options *given)
{
    struct options options = *given;
    struct run run;
    const struct error *error = NULL;

    if (options.output_path == NULL)
        error = error_new(arena, ERROR_USAGE, "index needs -o UNIT: the file to write");
    if (error == NULL && options.inputs.len == 0)
        error = command_source(arena, &options);
    if (error == NULL)
        error = run_prepare(arena, &options, &run);
    if (error == NULL && run.sources.units.len != 1)
        return exit_status_max(
            run.status, cli_error(error_new(arena, ERROR_USAGE, "index found no source to parse")));
    if (error == NULL) /* what matters to the whole program, one unit cannot know */
        error = run_lower(&run, true);
    if (error != NULL)
        return cli_error(error);
    if (run.results[0].error == NULL) {
        error = unit_file_write(arena, options.output_path, &run.sources.units.data[0],
                                &run.results[0]);
        if (error != NULL)
            run.status = exit_status_max(run.status, cli_error(error));
    }
    if (options.verbose)
        run_explain(&run);
    return run.status;
}
