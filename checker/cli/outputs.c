#include "cli/outputs.h"

#include "cli/outcome.h"
#include "cli/project.h"
#include "cli/rule_table.h"
#include "support/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct error *outputs_find(struct arena *arena, const struct options *options,
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

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && value[0] != '\0';
}

static bool is_zero(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && strcmp(value, "0") == 0;
}

/* The option, then no-color.org, then bixense.com/clicolors, then the terminal. */
static bool wants_color(enum color_choice choice)
{
    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("CLICOLOR_FORCE") && !is_zero("CLICOLOR_FORCE"))
        return true;
    return isatty(STDOUT_FILENO) && !is_zero("CLICOLOR") && is_set("TERM") &&
           strcmp(getenv("TERM"), "dumb") != 0;
}

void outputs_write(struct check *check, const struct report_format *const *formats,
                   struct report_run *report)
{
    struct run *run = &check->run;
    const struct options *options = run->options;

    outcome_fill(run, &check->engine, &check->findings, report);
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

struct report_run outputs_frame(const struct check *check)
{
    return (struct report_run){
        .version = CUHOSTLINT_VERSION,
        .root = check->findings.root,
        .folder = file_current_folder(check->run.arena),
        .rules = rule_table_all(check->run.arena),
        .texts = check->findings.texts,
        .pages_uri = check->run.options->pages_uri,
        .with_suppressed = check->run.options->show_suppressed,
    };
}
