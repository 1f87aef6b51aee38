#include "cli/check.h"

#include "cli/project.h"
#include "findings/text.h"
#include "support/clock.h"

#include <stdio.h>

static const struct error *prepare_filters(struct check *check)
{
    const struct run *run = &check->run;
    const struct error *error = header_filter_new(run->arena, run->settings.primary->header_filter,
                                                  &run->sources, &check->header_filter);

    return error != NULL ? error : narrow_prepare(run, &check->narrowing);
}

const struct error *check_prepare(struct arena *arena, const struct options *options,
                                  struct check *check)
{
    const struct error *error = run_prepare(arena, options, &check->run);

    if (error != NULL)
        return error;
    run_route_headers(&check->run);
    return prepare_filters(check);
}

const struct error *check_prepare_units(struct arena *arena, const struct options *options,
                                        const struct source_list *sources, struct check *check)
{
    const struct error *error = run_prepare_units(arena, options, sources, &check->run);

    return error != NULL ? error : prepare_filters(check);
}

static struct text_cache *read_texts(const struct run *run)
{
    struct text_cache *texts = text_cache_new(run->arena);

    for (size_t i = 0; i < run->sources.units.len; i++) {
        const struct source_unit *unit = &run->sources.units.data[i];

        if (unit->text != NULL)
            text_inject(texts, unit->path, unit->text, unit->text_len);
    }
    return texts;
}

/* Some findings are made only when every function has been walked. */
static void function_done(void *context, size_t done, size_t total)
{
    struct check *check = context;
    const size_t found = check->findings.list.len;
    char detail[64];

    snprintf(detail, sizeof detail, "%zu finding%s so far", found, cli_plural(found));
    check->run.progress.total = total;
    progress_advance(&check->run.progress, done, detail);
}

void check_analyse(struct check *check)
{
    struct run *run = &check->run;
    struct engine_options engine_options = {
        .with_replays = check->with_replays, .progress = function_done, .context = check};
    struct ir_unit **units = arena_new_array(
        run->arena, run->sources.units.len + run->other_branches.len, struct ir_unit *);
    size_t unit_count = 0;
    double start = clock_seconds();

    for (size_t i = 0; i < run->sources.units.len; i++)
        if (run->results[i].unit != NULL)
            units[unit_count++] = run->results[i].unit;
    for (size_t i = 0; i < run->other_branches.len; i++)
        units[unit_count++] = run->other_branches.data[i].ir;
    engine_options.rules = settings_rules(&run->settings, &engine_options.rule_count);
    progress_stage(&run->progress, "analysing", "functions", 0);
    engine_run(run->arena, units, unit_count, &run->models, &engine_options, &check->findings,
               &check->engine);
    progress_hide(&run->progress);
    if (check->amend != NULL)
        check->amend(check->amend_context, &check->findings);
    settings_apply(&run->settings, &check->findings);
    header_filter_apply(check->header_filter, &check->findings);
    findings_finish(&check->findings);
    run->times.analyse = clock_seconds() - start;
}

const struct error *check_findings(struct check *check)
{
    check->findings = (struct findings){
        .arena = check->run.arena,
        .texts = read_texts(&check->run),
        .root = project_common_root(check->run.arena, &check->run.sources),
    };
    check_analyse(check);
    check->all = check->findings;
    check->all.list.data = arena_copy(check->run.arena, check->findings.list.data,
                                      check->findings.list.len * sizeof *check->all.list.data);
    return narrow_findings(&check->run, &check->narrowing, &check->findings);
}
