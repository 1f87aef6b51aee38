/* --dump-config and --verify-config. */
#include "cli/cli.h"
#include "cli/run.h"

#include <stdio.h>
#include <string.h>

/* The settings of everything that the command line names; without any file, of the place where the
 * user stands. */
static enum exit_status read_settings(struct arena *arena, const struct options *options,
                                      struct run *run)
{
    const struct error *error;

    if (options->inputs.len > 0 || options->stdin_path != NULL) {
        error = run_prepare(arena, options, run);
    } else {
        *run = (struct run){.arena = arena, .options = options};
        error = settings_read(arena, options, &run->settings);
        if (error == NULL)
            error = run->settings.primary_error;
    }
    if (error == NULL)
        return run->status;
    vec_push(arena, &run->warnings, error->message);
    return exit_status_max(run->status, cli_error(error));
}

enum exit_status cmd_dump_config(struct arena *arena, const struct options *options)
{
    struct run run;
    enum exit_status status = read_settings(arena, options, &run);
    const struct settings *settings = &run.settings;
    struct strbuf text;

    if (status != EXIT_CLEAN)
        return status;
    strbuf_init(&text, arena);
    if (settings->used.len == 0)
        config_dump(settings->primary, &text);
    for (size_t i = 0; i < settings->used.len; i++) {
        if (i > 0)
            strbuf_adds(&text, "---\n");
        config_dump(settings->used.data[i], &text);
    }
    fputs(text.text, stdout);
    return cli_finish_stdout(status);
}

/* Messages about a file begin with its first problem. */
static bool was_told(const struct run *run, const char *problem)
{
    for (size_t i = 0; i < run->warnings.len; i++)
        if (strncmp(run->warnings.data[i], problem, strlen(problem)) == 0)
            return true;
    return false;
}

enum exit_status cmd_verify_config(struct arena *arena, const struct options *options)
{
    struct run run;
    enum exit_status status = read_settings(arena, options, &run);
    const struct config_store *store = run.settings.store;

    for (size_t i = 0; i < config_problem_count(store); i++)
        if (!was_told(&run, config_problem(store, i)))
            cli_error(error_new(arena, ERROR_USAGE, "%s", config_problem(store, i)));
    return status;
}
