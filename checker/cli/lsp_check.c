#include "cli/lsp_check.h"

#include "cli/check.h"
#include "ir/ir.h"
#include "lower/lower.h"
#include "source/cache.h"
#include "source/relevance.h"
#include "source/sniff.h"

#include <string.h>

struct lsp_check {
    struct arena *arena; /* as long as the process */
    const struct options *given;
    struct options options;
    /* All that does not depend on the text behind its first lines: settings, models, compile
     * command. */
    struct arena *base_arena; /* NULL: not prepared yet */
    struct check base;
    struct source_marks marks; /* of the text that it was prepared for: they decide the language */
    struct lower_session *session;
    bool was_parsed; /* by the last check */
};

/* ---- settings -------------------------------------------------------------------------- */

static void choose(struct arena *arena, const char *set, const char *given, const char **option)
{
    *option = set != NULL ? arena_strdup(arena, set) : given;
}

static void configure(void *context, const struct server_settings *settings)
{
    struct lsp_check *lsp = context;
    const struct options *given = lsp->given;

    choose(lsp->arena, settings->rules, given->rules, &lsp->options.rules);
    choose(lsp->arena, settings->config, given->config, &lsp->options.config);
    choose(lsp->arena, settings->database, given->database, &lsp->options.database);
    choose(lsp->arena, settings->cuda_path, given->cuda_path, &lsp->options.cuda_path);
    choose(lsp->arena, settings->header_filter, given->header_filter, &lsp->options.header_filter);
}

/* ---- preparation ----------------------------------------------------------------------- */

/* The error lives in `arena`. */
static const struct error *prepare(struct lsp_check *lsp, struct arena *arena,
                                   const struct server_job *job, const struct source_marks *marks)
{
    const struct error *error;

    arena_free(lsp->base_arena);
    lsp->base_arena = arena_new();
    lsp->options.stdin_path = job->path;
    lsp->options.stdin_text = arena_strndup(lsp->base_arena, job->text, job->len);
    lsp->options.stdin_len = job->len;
    error = check_prepare(lsp->base_arena, &lsp->options, &lsp->base);
    lsp->marks = *marks;
    if (error == NULL)
        return NULL;
    error = error_new(arena, error->kind, "%s", error->message);
    arena_free(lsp->base_arena);
    lsp->base_arena = NULL;
    return error;
}

static bool is_prepared(const struct lsp_check *lsp, const struct server_job *job,
                        const struct source_marks *marks)
{
    return lsp->base_arena != NULL && !job->is_fresh &&
           memcmp(&lsp->marks, marks, sizeof *marks) == 0;
}

/* ---- one check ------------------------------------------------------------------------- */

static const struct error *open_session(struct lsp_check *lsp)
{
    const struct error *error = NULL;

    if (lsp->session == NULL) {
        error = lower_open(lsp->arena, &lsp->session);
        if (error == NULL)
            lower_keep_trees(lsp->session, lsp->arena);
    }
    return error;
}

/* The units of the prepared check with the text of the job: none, where settings leave it out. */
static void take_text(struct check *check, const struct server_job *job)
{
    struct source_list *sources = &check->run.sources;
    struct source_unit *units =
        arena_copy(check->run.arena, sources->units.data, sources->units.len * sizeof *units);

    for (size_t i = 0; i < sources->units.len; i++) {
        units[i].text = job->text;
        units[i].text_len = job->len;
        /* headers may have changed since the last check */
        source_cache_forget_files(units[i].cache, check->run.arena);
    }
    sources->units.data = units;
}

static const struct error *lower(struct lsp_check *lsp, struct check *check)
{
    struct run *run = &check->run;
    struct relevance *relevance = relevance_new(run->arena, &run->models);
    const struct error *error = NULL;

    lsp->was_parsed = false;
    run->results = arena_new_array(run->arena, run->sources.units.len, struct driver_result);
    for (size_t i = 0; error == NULL && i < run->sources.units.len; i++) {
        struct source_unit *unit = &run->sources.units.data[i];

        run->results[i].is_irrelevant = !relevance_of_unit(relevance, unit);
        if (run->results[i].is_irrelevant)
            continue;
        error = open_session(lsp);
        if (error == NULL)
            error = lower_unit(lsp->session, run->arena, unit, &run->models, &run->results[i].unit);
        lsp->was_parsed = error == NULL;
    }
    return error;
}

/* A document that is not linted because something is wrong, rather than because `paths:` says so,
 * must not look clean. */
static const struct error *left_out(struct arena *arena, const struct run *run)
{
    if (run->sources.units.len > 0 || run->warnings.len == 0)
        return NULL;
    return error_new(arena, ERROR_USAGE, "%s", run->warnings.data[0]);
}

static void fill_report(struct arena *arena, const struct check *check,
                        struct server_report *report)
{
    *report = (struct server_report){
        .findings = arena_copy(arena, &check->findings, sizeof check->findings),
        .comments = check->narrowing.comments.problems.data,
        .comment_count = check->narrowing.comments.problems.len,
    };
}

static const struct error *check_document(void *context, struct arena *arena,
                                          const struct server_job *job,
                                          struct server_report *report)
{
    struct lsp_check *lsp = context;
    struct source_marks marks = {0};
    const struct error *error = NULL;
    struct check check;

    source_sniff(job->text, job->len, &marks);
    if (!is_prepared(lsp, job, &marks))
        error = prepare(lsp, arena, job, &marks);
    if (error != NULL)
        return error;
    check = lsp->base;
    check.run.arena = arena;
    take_text(&check, job);
    error = left_out(arena, &check.run);
    if (error == NULL)
        error = lower(lsp, &check);
    if (error == NULL)
        error = check_findings(&check);
    if (error != NULL)
        return error;
    fill_report(arena, &check, report);
    report->warnings = lsp->base.run.warnings.data; /* those of comments have a place */
    report->warning_count = lsp->base.run.warnings.len;
    return NULL;
}

/* The second parse of a text makes the preamble that all later ones use. */
static void warm_up(void *context, const struct server_job *job)
{
    struct lsp_check *lsp = context;
    struct arena *arena;
    struct check check = lsp->base;

    if (!lsp->was_parsed || lower_stats(lsp->session)->from_kept > 0)
        return;
    arena = arena_new();
    check.run.arena = arena;
    take_text(&check, job);
    lower(lsp, &check);
    arena_free(arena);
}

struct server_checker lsp_checker_new(struct arena *arena, const struct options *options)
{
    struct lsp_check *lsp = arena_new_object(arena, struct lsp_check);

    lsp->arena = arena;
    lsp->given = options;
    lsp->options = *options;
    lsp->options.quiet = true;
    return (struct server_checker){lsp, configure, check_document, warm_up};
}
