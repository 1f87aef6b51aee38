#include "findings/finding.h"

#include "findings/fingerprint.h"
#include "findings/rule_info.h"

#include <stdlib.h>
#include <string.h>

const char *level_name(enum level level)
{
    switch (level) {
    case LEVEL_NOTE:
        return "note";
    case LEVEL_WARNING:
        return "warning";
    case LEVEL_ERROR:
        return "error";
    }
    return "error";
}

const char *verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_CONFIRMED:
        return "confirmed";
    case VERDICT_REFUTED:
        return "refuted";
    case VERDICT_NOT_REACHED:
        return "not reached";
    case VERDICT_SEEN:
        return "seen";
    case VERDICT_NONE:
    case VERDICT_INCONCLUSIVE:
        return "inconclusive";
    }
    return "inconclusive";
}

const struct rule_info *rule_find(const struct rule_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rules[i].name, name) == 0)
            return &table->rules[i];
    return NULL;
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* A synthesised position has no file. */
static int compare_strings(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_positions(const struct position *a, const struct position *b)
{
    int order = compare_strings(a->file, b->file);
    if (!order)
        order = compare_numbers(a->line, b->line);
    if (!order)
        order = compare_numbers(a->column, b->column);
    return order;
}

/* Zero for findings that tell the user the same thing. */
static int compare_claims(const struct finding *a, const struct finding *b)
{
    int order = compare_positions(&a->at, &b->at);
    if (!order)
        order = compare_strings(a->rule, b->rule);
    if (!order)
        order = compare_strings(a->message, b->message);
    return order;
}

static int compare_paths(const struct finding *a, const struct finding *b)
{
    int order = compare_numbers(a->path.len, b->path.len);
    for (size_t i = 0; !order && i < a->path.len; i++) {
        order = compare_positions(&a->path.data[i].at, &b->path.data[i].at);
        if (!order)
            order = compare_strings(a->path.data[i].message, b->path.data[i].message);
    }
    return order;
}

/* Of repeats, the one with the shortest path comes first and is kept: a choice that does not
 * depend on which unit was analysed first. */
static int compare_findings(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    int order = compare_claims(a, b);
    if (!order)
        order = compare_paths(a, b);
    if (!order)
        order = compare_strings(a->function, b->function);
    if (!order)
        order = compare_numbers(a->level, b->level);
    return order;
}

static void drop_repeats(struct findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *finding = &findings->list.data[i];
        if (kept == 0 || compare_claims(&findings->list.data[kept - 1], finding) != 0)
            findings->list.data[kept++] = *finding;
    }
    findings->list.len = kept;
}

void findings_finish(struct findings *findings)
{
    if (findings->list.len > 1)
        qsort(findings->list.data, findings->list.len, sizeof *findings->list.data,
              compare_findings);
    drop_repeats(findings);
    fingerprint_all(findings);
}
