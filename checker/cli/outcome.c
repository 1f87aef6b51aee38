#include "cli/outcome.h"

#include "support/clock.h"

/* ---- files ----------------------------------------------------------------------------- */

static void fill_sites(struct arena *arena, const struct ir_unit *unit, struct report_file *file)
{
    static const char *const states[] = {
        [IR_SITE_INACTIVE] = "inactive", [IR_SITE_LOST] = "lost", [IR_SITE_MACRO] = "macro"};
    VEC(struct report_site) others = {0};

    for (size_t i = 0; i < unit->sites.len; i++) {
        const struct ir_site *site = &unit->sites.data[i];
        struct report_site other = {.name = site->name,
                                    .line = site->loc.line,
                                    .column = site->loc.column,
                                    .state = states[site->state],
                                    .reason = site->reason};

        if (site->state == IR_SITE_ANALYSED)
            file->sites_analysed++;
        else
            vec_push(arena, &others, other);
    }
    file->other_sites = others.data;
    file->other_site_count = others.len;
}

static struct report_file describe_file(struct arena *arena, const struct source_unit *source,
                                        const struct driver_result *result)
{
    struct report_file file = {
        .path = source->path,
        .status = REPORT_FILE_ANALYSED,
        .seconds = result->parse_seconds + result->lower_seconds,
    };

    if (result->error != NULL) {
        file.status = REPORT_FILE_FAILED;
        file.reason = result->error->message;
    } else if (result->unit != NULL) {
        if (result->unit->errors_in_user_files > 0) {
            file.status = REPORT_FILE_INCOMPLETE;
            file.reason = result->unit->first_error;
        }
        fill_sites(arena, result->unit, &file);
    }
    return file;
}

/* ---- counts and times ------------------------------------------------------------------ */

struct stat_list {
    struct arena *arena;
    VEC(struct report_stat) list;
};

static void add(struct stat_list *stats, const char *name, double value)
{
    vec_push(stats->arena, &stats->list, (struct report_stat){name, value});
}

static void add_file_counts(struct stat_list *stats, const struct run *run)
{
    size_t parsed = 0, irrelevant = 0, failed = 0, functions = 0;
    struct site_counts sites = {0};

    for (size_t i = 0; i < run->sources.units.len; i++) {
        const struct ir_unit *unit = run->results[i].unit;

        failed += run->results[i].error != NULL;
        irrelevant += run->results[i].is_irrelevant;
        parsed += unit != NULL;
        for (size_t j = 0; unit != NULL && j < unit->functions.len; j++)
            functions += unit->functions.data[j].has_body;
        if (unit != NULL)
            run_count_sites(unit, &sites);
    }
    add(stats, "files", (double)run->sources.units.len);
    add(stats, "filesParsed", (double)parsed);
    add(stats, "filesWithoutCalls", (double)irrelevant);
    add(stats, "filesFailed", (double)failed);
    add(stats, "callSitesAnalysed", (double)sites.analysed);
    add(stats, "callSitesHidden", (double)sites.hidden);
    add(stats, "functions", (double)functions);
}

struct finding_counts {
    size_t by_level[LEVEL_ERROR + 1]; /* of those that are reported */
    size_t suppressed;
};

static struct finding_counts count_findings(const struct findings *findings)
{
    struct finding_counts counts = {0};

    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.data[i].suppressed_by != NULL)
            counts.suppressed++;
        else
            counts.by_level[findings->list.data[i].level]++;
    return counts;
}

static void add_finding_counts(struct stat_list *stats, const struct findings *findings)
{
    const struct finding_counts counts = count_findings(findings);

    add(stats, "errors", (double)counts.by_level[LEVEL_ERROR]);
    add(stats, "warnings", (double)counts.by_level[LEVEL_WARNING]);
    add(stats, "notes", (double)counts.by_level[LEVEL_NOTE]);
    add(stats, "suppressed", (double)counts.suppressed);
}

void outcome_fill(const struct run *run, const struct engine_stats *engine,
                  const struct findings *findings, struct report_run *report)
{
    struct stat_list stats = {.arena = run->arena};
    size_t count = run->sources.units.len;
    struct report_file *files = arena_new_array(run->arena, count, struct report_file);

    for (size_t i = 0; i < count; i++)
        files[i] = describe_file(run->arena, &run->sources.units.data[i], &run->results[i]);
    report->files = files;
    report->file_count = count;
    report->warnings = run->warnings.data;
    report->warning_count = run->warnings.len;

    add_file_counts(&stats, run);
    add(&stats, "pathSteps", (double)engine->steps);
    add(&stats, "budgetHits", (double)engine->budget_hits);
    add_finding_counts(&stats, findings);
    add(&stats, "secondsFind", run->times.find);
    add(&stats, "secondsLower", run->times.lower);
    add(&stats, "secondsAnalyse", run->times.analyse);
    add(&stats, "secondsTotal", clock_seconds() - run->times.start);
    report->stats = stats.list.data;
    report->stat_count = stats.list.len;
}
