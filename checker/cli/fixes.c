#include "cli/fixes.h"

#include "cli/proof.h"
#include "report/report.h"
#include "support/file.h"
#include "support/map.h"

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

static void tell(const struct run *run, const struct fix_plan *plan, size_t left_out)
{
    if (run->options->quiet)
        return;
    cli_note(arena_printf(run->arena, "%zu finding%s %s", plan->fixed, cli_plural(plan->fixed),
                          run->options->fix ? "fixed" : "would be fixed"));
    if (plan->skipped > 0)
        cli_note(arena_printf(run->arena, "%zu fix%s in the way of others: run again",
                              plan->skipped, plan->skipped == 1 ? "" : "es"));
    if (left_out > 0)
        cli_note(arena_printf(run->arena, "%zu fix%s left out: the code would be no better",
                              left_out, left_out == 1 ? "" : "es"));
}

/* A line for each file outside of the scope that has a fix. */
static void tell_out_of_scope(const struct check *check, const struct fix_scope *scope)
{
    struct map told = {.arena = check->run.arena};

    for (size_t i = 0; i < check->findings.list.len; i++) {
        const struct finding *finding = &check->findings.list.data[i];

        if (finding->suppressed_by != NULL || finding->fixes.len == 0 ||
            fix_scope_holds(scope, finding->at.file) ||
            map_get(&told, finding->at.file) != MAP_NONE)
            continue;
        map_set(&told, finding->at.file, 0);
        cli_note(arena_printf(check->run.arena,
                              "'%s' is left as it is: it lies outside of the project; name it to "
                              "have it fixed",
                              finding->at.file));
    }
}

static void export(struct run *run, const struct findings *findings, const struct fix_plan *plan)
{
    const char *folder = file_current_folder(run->arena);
    const char *source = run->sources.units.len > 0 ? run->sources.units.data[0].path : folder;
    const struct error *error =
        fix_export(findings, plan, source, folder, run->options->export_fixes);

    if (error != NULL)
        fail(run, error);
}

static bool are_shown(const struct check *check, const struct report_format *const *formats)
{
    const struct options *options = check->run.options;

    for (size_t i = 0; i < options->outputs.len; i++)
        if (formats[i]->shows_fixes)
            return true;
    return options->export_fixes != NULL || options->fix || options->fix_dry_run;
}

void fixes_prove(struct check *check, const struct report_format *const *formats,
                 struct fixes *fixes)
{
    *fixes = (struct fixes){0};
    if (!are_shown(check, formats))
        return;
    fixes->scope = fix_scope_of(check->run.arena, check->run.options);
    fixes->left_out = proof_plan(check, fixes->scope, &fixes->plan);
}

void fixes_run(struct check *check, const struct fixes *fixes)
{
    struct run *run = &check->run;
    const struct options *options = run->options;

    if (options->export_fixes == NULL && !options->fix && !options->fix_dry_run)
        return;
    if (!options->quiet)
        tell_out_of_scope(check, fixes->scope);
    if (options->export_fixes != NULL)
        export(run, &check->findings, &fixes->plan);
    if (options->fix)
        apply(run, &fixes->plan);
    else if (options->fix_dry_run)
        fix_print_diff(&fixes->plan, check->findings.root, stdout);
    if (options->fix || options->fix_dry_run)
        tell(run, &fixes->plan, fixes->left_out);
}
