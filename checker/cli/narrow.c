#include "cli/narrow.h"

#include "cli/changes.h"
#include "cli/rule_table.h"
#include "findings/text.h"
#include "source/text/fact_store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct error *narrow_prepare(const struct run *run, struct narrowing *narrowing)
{
    const struct options *options = run->options;
    const char *baseline = run->settings.primary->baseline;
    const struct error *error = NULL;

    *narrowing = (struct narrowing){
        .baseline_path = baseline,
        .has_changed = options->since != NULL || options->diff != NULL,
    };
    if (options->prune_baseline && baseline == NULL)
        return error_new(run->arena, ERROR_USAGE, "--prune-baseline needs --baseline FILE");
    if (baseline != NULL && options->write_baseline != NULL && access(baseline, F_OK) != 0)
        narrowing->baseline_path = NULL; /* this run writes the first one */
    if (narrowing->baseline_path != NULL)
        error =
            baseline_read(run->arena, baseline, options->baseline != NULL, &narrowing->baseline);
    if (error == NULL && options->since != NULL)
        error = changes_since(run->arena, options->since, &narrowing->changed);
    if (error == NULL && options->diff != NULL)
        error = changes_in_diff(run->arena, options->diff, &narrowing->changed);
    return error;
}

/* The files that this run speaks for. */
struct file_names {
    const char **paths;
    size_t count;
};

static struct file_names analysed_files(const struct run *run)
{
    size_t units = run->sources.units.len;
    struct file_names files = {arena_new_array(run->arena, units, const char *), 0};

    for (size_t i = 0; i < units; i++)
        if (run->results[i].error == NULL)
            files.paths[files.count++] = run->sources.units.data[i].path;
    return files;
}

static bool may_have_comments(const struct run *run, size_t unit)
{
    const struct source_unit *source = &run->sources.units.data[unit];
    const struct facts *facts;

    if (!run->results[unit].is_irrelevant || source->text != NULL)
        return true;
    facts = fact_store_get(run->facts, source->path);
    return facts == NULL || facts->has_nolint;
}

static struct file_names commented_files(const struct run *run)
{
    size_t units = run->sources.units.len;
    struct file_names files = {arena_new_array(run->arena, units, const char *), 0};

    for (size_t i = 0; i < units; i++)
        if (run->results[i].error == NULL && may_have_comments(run, i))
            files.paths[files.count++] = run->sources.units.data[i].path;
    return files;
}

static void apply_comments(struct run *run, struct findings *findings,
                           struct suppress_result *result)
{
    const struct rule_table rules = rule_table_all(run->arena);
    const struct file_names files = commented_files(run);

    suppress_nolint(findings, &rules, files.paths, files.count, result);
    for (size_t i = 0; i < result->problems.len; i++) {
        const struct suppress_problem *problem = &result->problems.data[i];

        run_warn(run, arena_printf(run->arena, "%s:%u:%u: %s",
                                   text_path_below(findings->root, problem->file), problem->line,
                                   problem->column, problem->message));
    }
}

/* Writes the baseline again without what is found no more, and without what is new. */
static const struct error *prune(const struct run *run, const struct narrowing *narrowing,
                                 const struct file_names *files, const struct findings *findings)
{
    struct findings known = {
        .arena = findings->arena, .texts = findings->texts, .root = findings->root};

    for (size_t i = 0; i < findings->list.len; i++) {
        const char *by = findings->list.data[i].suppressed_by;

        if (by != NULL && strcmp(by, SUPPRESSED_BY_BASELINE) == 0)
            vec_push(run->arena, &known.list, findings->list.data[i]);
    }
    return baseline_write(narrowing->baseline_path, &known, &narrowing->baseline, files->paths,
                          files->count);
}

static const struct error *apply_baseline(struct run *run, struct narrowing *narrowing,
                                          const struct file_names *files, struct findings *findings)
{
    const struct baseline *baseline = &narrowing->baseline;
    size_t stale = 0;

    baseline_apply(&narrowing->baseline, findings);
    for (size_t i = 0; i < baseline->entries.len; i++)
        stale += baseline_is_stale(&baseline->entries.data[i], findings->root, files->paths,
                                   files->count);
    if (stale == 0)
        return NULL;
    if (run->options->prune_baseline)
        return prune(run, narrowing, files, findings);
    if (!run->options->quiet)
        run_warn(run, arena_printf(run->arena,
                                   "%zu of the findings in %s are found no more; "
                                   "--prune-baseline removes them",
                                   stale, narrowing->baseline_path));
    return NULL;
}

/* What is written to a baseline is accepted: it is not reported by the run that writes it. */
static const struct error *write_baseline(const struct run *run, const struct narrowing *narrowing,
                                          const struct file_names *files, struct findings *findings)
{
    const char *path = run->options->write_baseline;
    const struct error *error = baseline_write(
        path, findings, narrowing->baseline_path != NULL ? &narrowing->baseline : NULL,
        files->paths, files->count);
    size_t accepted = 0;

    if (error != NULL)
        return error;
    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.data[i].suppressed_by == NULL) {
            findings->list.data[i].suppressed_by = SUPPRESSED_BY_BASELINE;
            accepted++;
        }
    if (!run->options->quiet)
        cli_note(arena_printf(run->arena, "%zu findings are new in %s", accepted, path));
    return NULL;
}

const struct error *narrow_findings(struct run *run, struct narrowing *narrowing,
                                    struct findings *findings)
{
    struct file_names files = analysed_files(run);
    const struct error *error = NULL;

    apply_comments(run, findings, &narrowing->comments);
    if (narrowing->baseline_path != NULL)
        error = apply_baseline(run, narrowing, &files, findings);
    if (error == NULL && run->options->write_baseline != NULL)
        error = write_baseline(run, narrowing, &files, findings);
    if (narrowing->has_changed)
        changed_filter(&narrowing->changed, findings);
    return error;
}
