#include "cli/check.h"
#include "cli/cli.h"
#include "cli/fixes.h"
#include "cli/outputs.h"
#include "cli/validate_run.h"
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

static bool has_verdict(const struct findings *findings, enum verdict verdict, enum level level)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by && finding->validation && finding->level >= level &&
            finding->validation->verdict == verdict)
            return true;
    }
    return false;
}

/* A reproducer that confirms is what validate is for; a user's program that misuses memory is not
 * in order. */
static bool is_failure(const struct check *check)
{
    const struct findings *findings = &check->findings;

    if (has_verdict(findings, VERDICT_REFUTED, LEVEL_NOTE))
        return true;
    return check->run.options->run && (has_verdict(findings, VERDICT_CONFIRMED, LEVEL_WARNING) ||
                                       has_verdict(findings, VERDICT_SEEN, LEVEL_WARNING));
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

static const struct error *replay(struct arena *arena, const struct options *options,
                                  struct check *check)
{
    const struct error *error;

    *check = (struct check){.with_replays = true};
    error = check_prepare(arena, options, check);
    if (error == NULL)
        error = run_lower(&check->run, false);
    if (error == NULL)
        error = check_findings(check);
    return error != NULL ? error : validate(check);
}

enum exit_status cmd_validate(struct arena *arena, const struct options *options)
{
    const struct report_format **formats =
        arena_new_array(arena, options->outputs.len, const struct report_format *);
    const struct error *error = outputs_find(arena, options, formats);
    struct check check = {0};
    struct fixes fixes;

    if (error == NULL)
        error = (options->run ? validate_run : replay)(arena, options, &check);
    if (error != NULL)
        return exit_status_max(check.run.status, cli_error(error));
    if (is_failure(&check))
        check.run.status = exit_status_max(check.run.status, EXIT_FINDINGS);
    use_table(formats, options->outputs.len);
    fixes_prove(&check, formats, &fixes);
    struct report_run report = outputs_frame(&check);
    outputs_write(&check, formats, &report);
    return check.run.status;
}
