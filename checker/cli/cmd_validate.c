#include "cli/check.h"
#include "cli/cli.h"
#include "cli/outputs.h"
#include "validate/table.h"
#include "validate/validate.h"

#include <string.h>

/* In place of the linter's text: a table of verdicts. */
static void use_table(const struct report_format **formats, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(formats[i]->name, validate_table.name) == 0)
            formats[i] = &validate_table;
}

static bool is_any_refuted(const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.data[i].validation &&
            findings->list.data[i].validation->verdict == VERDICT_REFUTED)
            return true;
    return false;
}

static const struct error *validate(struct check *check)
{
    const struct options *options = check->run.options;
    const struct validate_options how = {
        .cuda_path = check->run.settings.primary->cuda_path,
        .arch = options->arch,
        .keep = options->keep,
        .jobs = options->jobs,
        .timeout = options->timeout,
        .dry_run = options->dry_run,
        .announce = options->quiet ? NULL : cli_note,
    };

    return validate_findings(check->run.arena, &check->findings, &how);
}

enum exit_status cmd_validate(struct arena *arena, const struct options *options)
{
    const struct report_format **formats =
        arena_new_array(arena, options->outputs.len, const struct report_format *);
    const struct error *error = outputs_find(arena, options, formats);
    struct check check = {.with_replays = true};

    if (error == NULL)
        error = check_prepare(arena, options, &check);
    if (error == NULL)
        error = run_lower(&check.run, false);
    if (error == NULL)
        error = check_findings(&check);
    if (error == NULL)
        error = validate(&check);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    if (is_any_refuted(&check.findings))
        check.run.status = exit_status_max(check.run.status, EXIT_FINDINGS);
    use_table(formats, options->outputs.len);
    struct report_run report = outputs_frame(&check);
    outputs_write(&check, formats, &report);
    return check.run.status;
}
