/* --dump-config and --verify-config. */
#include "cli/cli.h"
#include "cli/run.h"

#include <stdio.h>

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
    return error != NULL ? exit_status_max(run->status, cli_error(error)) : run->status;
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

enum exit_status cmd_verify_config(struct arena *arena, const struct options *options)
{
    struct run run;

    return read_settings(arena, options, &run);
}
