#include "cli/summary.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static double stat_of(const struct report_run *report, const char *name)
{
    for (size_t i = 0; i < report->stat_count; i++)
        if (strcmp(report->stats[i].name, name) == 0)
            return report->stats[i].value;
    return 0;
}

/* "3 errors" */
static void add_count(const struct report_run *report, const char *separator, const char *stat,
                      const char *noun)
{
    size_t count = (size_t)stat_of(report, stat);

    fprintf(stderr, "%s%zu %s%s", separator, count, noun, cli_plural(count));
}

void summary_print(const struct report_run *report)
{
    add_count(report, "", "errors", "error");
    add_count(report, ", ", "warnings", "warning");
    add_count(report, ", ", "notes", "note");
    add_count(report, " in ", "files", "file");
    if (stat_of(report, "suppressed") > 0)
        fprintf(stderr, ", %.0f suppressed", stat_of(report, "suppressed"));
    if (stat_of(report, "filesFailed") > 0) {
        add_count(report, ", ", "filesFailed", "file");
        fputs(" not analysed", stderr);
    }
    fprintf(stderr, " (%.1f s)\n", stat_of(report, "secondsTotal"));
}

/* The lines of the table: what the report calls a number, and what people call it. */
static const struct {
    const char *stat, *label;
} stat_rows[] = {
    {"files", "files"},
    {"filesParsed", "  analysed"},
    {"filesWithoutCalls", "  without any call of interest"},
    {"filesFailed", "  not analysed"},
    {"functions", "functions"},
    {"pathSteps", "  blocks walked on their paths"},
    {"budgetHits", "  with too many paths"},
    {"callSitesAnalysed", "calls of interest analysed"},
    {"callSitesHidden", "  not analysed (-v says why)"},
    {"errors", "errors"},
    {"warnings", "warnings"},
    {"notes", "notes"},
    {"suppressed", "suppressed findings"},
    {"secondsTotal", "seconds"},
    {"secondsFind", "  to find files and their arguments"},
    {"secondsLower", "  to parse"},
    {"secondsAnalyse", "  to analyse"},
};

static void print_rules(const struct report_run *report, const struct findings *findings)
{
    fprintf(stderr, "\n%-31s %12s %12s\n", "rule", "found", "suppressed");
    for (size_t i = 0; i < report->rules.count; i++) {
        const char *rule = report->rules.rules[i].name;
        size_t found = 0, suppressed = 0;

        for (size_t j = 0; j < findings->list.len; j++) {
            const struct finding *finding = &findings->list.data[j];

            if (strcmp(finding->rule, rule) != 0)
                continue;
            found += finding->suppressed_by == NULL;
            suppressed += finding->suppressed_by != NULL;
        }
        if (found + suppressed > 0)
            fprintf(stderr, "%-31s %12zu %12zu\n", rule, found, suppressed);
    }
}

void summary_print_stats(const struct report_run *report, const struct findings *findings)
{
    for (size_t i = 0; i < sizeof stat_rows / sizeof *stat_rows; i++) {
        bool is_time = strncmp(stat_rows[i].stat, "seconds", strlen("seconds")) == 0;

        fprintf(stderr, "%-44s %12.*f\n", stat_rows[i].label, is_time ? 3 : 0,
                stat_of(report, stat_rows[i].stat));
    }
    if (findings->list.len > 0)
        print_rules(report, findings);
}
