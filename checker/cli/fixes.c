#include "cli/fixes.h"

#include "cli/project.h"
#include "fix/fix.h"

#include <stdio.h>

static void fail(struct run *run, const struct error *error)
{
    run->status = exit_status_max(run->status, cli_error(error));
}

static void apply(struct run *run, const struct fix_plan *plan)
{
    for (size_t i = 0; i < plan->files.len; i++) {
        const struct error *error = fix_write(run->arena, &plan->files.data[i]);

        if (error != NULL)
            fail(run, error);
    }
}

static void tell(const struct run *run, const struct fix_plan *plan)
{
    if (run->options->quiet)
        return;
    cli_note(arena_printf(run->arena, "%zu findings %s", plan->fixed,
                          run->options->fix ? "fixed" : "would be fixed"));
    if (plan->skipped > 0)
        cli_note(arena_printf(run->arena, "%zu fixes collide with others; run again for them",
                              plan->skipped));
}

static void export(struct run *run, const struct findings *findings)
{
    const char *folder = project_current_folder(run->arena);
    const char *source = run->sources.units.len > 0 ? run->sources.units.data[0].path : folder;
    const struct error *error = fix_export(findings, source, folder, run->options->export_fixes);

    if (error != NULL)
        fail(run, error);
}

void fixes_run(struct run *run, const struct findings *findings)
{
    struct fix_plan plan = {.arena = run->arena};

    if (run->options->export_fixes != NULL)
        export(run, findings);
    if (!run->options->fix && !run->options->fix_dry_run)
        return;
    fix_plan_make(&plan, findings);
    if (run->options->fix)
        apply(run, &plan);
    else
        fix_print_diff(&plan, findings->root, stdout);
    tell(run, &plan);
}
