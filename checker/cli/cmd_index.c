/* index: one compile command becomes one unit in a file, as a compiler makes an object. */
#include "cli/cli.h"
#include "cli/run.h"
#include "cli/unit_file.h"

#include <string.h>

static bool takes_file(const char *option)
{
    static const char *const options[] = {"-o",  "-include", "-imacros", "-MF",          "-MT",
                                          "-MQ", "-isystem", "-I",       "--output-file"};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(option, options[i]) == 0)
            return true;
    return false;
}

static bool is_source(const char *word)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".c++",
                                          ".C", ".cu", ".hip", ".CPP", ".cp"};
    const char *ending = strrchr(word, '.');

    for (size_t i = 0; word[0] != '-' && ending != NULL && i < sizeof endings / sizeof *endings;
         i++)
        if (strcmp(ending, endings[i]) == 0)
            return true;
    return false;
}

/* The source that a compile command names, unless the user has named it. */
static const struct error *choose_source(struct arena *arena, struct options *options)
{
    for (size_t i = 1; i < options->compiler_args.len && options->inputs.len < 2; i++)
        if (is_source(options->compiler_args.data[i]) &&
            !takes_file(options->compiler_args.data[i - 1]))
            vec_push(arena, &options->inputs, options->compiler_args.data[i]);
    if (options->inputs.len == 1)
        return NULL;
    return error_new(arena, ERROR_USAGE,
                     "index makes a unit of one source, but the command names %s: "
                     "cuhostlint index -o UNIT FILE -- COMMAND says which",
                     options->inputs.len == 0 ? "none" : "several");
}

enum exit_status cmd_index(struct arena *arena, const struct options *given)
{
    struct options options = *given;
    struct run run;
    const struct error *error = NULL;

    if (options.output_path == NULL)
        error = error_new(arena, ERROR_USAGE, "index needs -o UNIT: the file to write");
    if (error == NULL && options.inputs.len == 0)
        error = choose_source(arena, &options);
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
