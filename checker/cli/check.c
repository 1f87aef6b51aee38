#include "cli/check.h"

#include "cli/project.h"
#include "findings/text.h"
#include "support/clock.h"

const struct error *check_prepare(struct arena *arena, const struct options *options,
                                  struct check *check)
{
    const struct error *error = run_prepare(arena, options, &check->run);

    if (error == NULL)
        error = header_filter_new(arena, check->run.settings.primary->header_filter,
                                  &check->run.sources, &check->header_filter);
    if (error == NULL)
        error = narrow_prepare(&check->run, &check->narrowing);
    return error;
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

static void analyse(struct check *check)
{
    struct run *run = &check->run;
    struct engine_options engine_options = {.with_replays = check->with_replays};
    struct ir_unit **units = arena_new_array(run->arena, run->sources.units.len, struct ir_unit *);
    size_t unit_count = 0;
    double start = clock_seconds();

    for (size_t i = 0; i < run->sources.units.len; i++)
        if (run->results[i].unit != NULL)
            units[unit_count++] = run->results[i].unit;
    engine_options.rules = settings_rules(&run->settings, &engine_options.rule_count);
    engine_run(run->arena, units, unit_count, &run->models, &engine_options, &check->findings,
               &check->engine);
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
    analyse(check);
    return narrow_findings(&check->run, &check->narrowing, &check->findings);
}
