#include "cli/lsp_check.h"

#include "cli/check.h"
#include "cli/proof.h"
#include "ir/ir.h"
#include "lower/lower.h"
#include "source/project/cache.h"
#include "source/project/relevance.h"
#include "source/text/sniff.h"

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
    /* The last check, for proofs. */
    struct arena *last_arena;
    struct check last;
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

static void fill_report(struct check *check, struct server_report *report)
{
    *report = (struct server_report){
        .findings = &check->findings,
        .comments = check->narrowing.comments.problems.data,
        .comment_count = check->narrowing.comments.problems.len,
    };
}

/* A check of the prepared document with this text, in an arena of its own that replaces the last
 * one's. */
static struct check *new_check(struct lsp_check *lsp, const struct server_job *job)
{
    arena_free(lsp->last_arena);
    lsp->last_arena = arena_new();
    lsp->last = lsp->base;
    lsp->last.run.arena = lsp->last_arena;
    take_text(&lsp->last,
              &(struct server_job){.text = arena_strndup(lsp->last_arena, job->text, job->len),
                                   .len = job->len});
    return &lsp->last;
}

static const struct error *run_check(struct lsp_check *lsp, struct check *check)
{
    const struct error *error = left_out(lsp->last_arena, &check->run);

    if (error == NULL)
        error = lower(lsp, check);
    return error != NULL ? error : check_findings(check);
}

static const struct error *check_document(void *context, struct arena *arena,
                                          const struct server_job *job,
                                          struct server_report *report)
{
    struct lsp_check *lsp = context;
    struct source_marks marks = {0};
    const struct error *error = NULL;
    struct check *check;

    source_sniff(job->text, job->len, &marks);
    if (!is_prepared(lsp, job, &marks))
        error = prepare(lsp, arena, job, &marks);
    if (error != NULL)
        return error;
    check = new_check(lsp, job);
    error = run_check(lsp, check);
    if (error != NULL)
        return error_new(arena, error->kind, "%s", error->message);
    fill_report(check, report);
    report->warnings = lsp->base.run.warnings.data; /* those of comments have a place */
    report->warning_count = lsp->base.run.warnings.len;
    return NULL;
}

/* ---- fixes ----------------------------------------------------------------------------- */

/* The plan that fixes this finding and nothing else. False: there is no such finding, or its fix
 * is none of this document alone. */
static bool plan_one(const struct check *check, const char *fingerprint, struct fix_plan *plan)
{
    const struct findings *findings = &check->findings;
    bool *left_out = arena_new_array(check->run.arena, findings->list.len, bool);

    for (size_t i = 0; i < findings->list.len; i++)
        left_out[i] = strcmp(findings->list.data[i].fingerprint, fingerprint) != 0;
    fix_plan_make(plan, findings, left_out);
    return plan->fixed == 1 && plan->files.len == 1;
}

static unsigned count_errors(const struct run *run)
{
    unsigned errors = 0;

    for (size_t i = 0; i < run->sources.units.len; i++)
        if (run->results[i].unit != NULL)
            errors += run->results[i].unit->errors_in_user_files;
    return errors;
}

static bool prove(void *context, const char *fingerprint)
{
    struct lsp_check *lsp = context;
    const struct check *check = &lsp->last;
    struct check trial = *check;
    struct server_job job = {0};
    struct fix_plan plan;
    bool holds = false;

    if (lsp->last_arena == NULL || !plan_one(check, fingerprint, &plan) ||
        strcmp(plan.files.data[0].text->path, lsp->options.stdin_path) != 0)
        return false;
    trial.run.arena = arena_new();
    job.text = fix_new_text(trial.run.arena, &plan.files.data[0], &job.len);
    take_text(&trial, &job);
    if (lower(lsp, &trial) == NULL && count_errors(&trial.run) <= count_errors(&check->run))
        holds = proof_of_trial(check, &plan, &trial);
    arena_free(trial.run.arena);
    return holds;
}

/* A header in the middle of a source: no preamble is good for two of its texts. */
static bool is_through(const struct run *run)
{
    return run->sources.units.len > 0 && run->sources.units.data[0].through != NULL;
}

/* The second parse of a text makes the preamble that all later ones use. */
static void warm_up(void *context, const struct server_job *job)
{
    struct lsp_check *lsp = context;
    struct arena *arena;
    struct check check = lsp->base;

    if (!lsp->was_parsed || lower_stats(lsp->session)->from_kept > 0 || is_through(&lsp->base.run))
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
    return (struct server_checker){lsp, configure, check_document, prove, warm_up};
}
