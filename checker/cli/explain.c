/* -v: what was parsed and how, and what of it the engine never saw. */
#include "cli/run.h"
#include "support/strbuf.h"

#include <string.h>

bool run_is_hidden(const struct ir_site *site)
{
    return site->state == IR_SITE_INACTIVE || site->state == IR_SITE_LOST;
}

void run_count_sites(const struct ir_unit *unit, struct site_counts *counts)
{
    for (size_t i = 0; i < unit->sites.len; i++) {
        counts->analysed += unit->sites.data[i].state == IR_SITE_ANALYSED;
        counts->hidden += run_is_hidden(&unit->sites.data[i]);
    }
}

static const char *const site_reasons[] = {
    [IR_SITE_INACTIVE] = "excluded by the preprocessor",
    [IR_SITE_LOST] = "not in the parser's tree",
};

static const char *file_of(const char *shown, const struct ir_unit *unit, struct ir_loc loc)
{
    if (loc.file == IR_NONE || unit->files.data[loc.file].is_main)
        return shown;
    return unit->files.data[loc.file].path;
}

static void explain_sites(const char *shown, const struct ir_unit *unit)
{
    struct site_counts counts = {0};

    run_count_sites(unit, &counts);
    cli_detail("%s: %zu call sites analysed, %zu not", shown, counts.analysed, counts.hidden);
    for (size_t i = 0; i < unit->sites.len; i++) {
        const struct ir_site *site = &unit->sites.data[i];

        if (run_is_hidden(site))
            cli_detail("%s:%u:%u: %s is not analysed: %s", file_of(shown, unit, site->loc),
                       site->loc.line, site->loc.column, site->name,
                       site->reason != NULL ? site->reason : site_reasons[site->state]);
    }
}

static size_t first_gap_like(const struct ir_unit *unit, size_t gap)
{
    size_t first = 0;

    while (strcmp(unit->gaps.data[first].what, unit->gaps.data[gap].what) != 0)
        first++;
    return first;
}

/* A type that is not known makes hundreds of gaps: each kind is told once. */
static void explain_gaps(const char *shown, const struct ir_unit *unit)
{
    for (size_t i = 0; i < unit->gaps.len; i++) {
        const struct ir_gap *gap = &unit->gaps.data[i];
        size_t same = 1;

        if (first_gap_like(unit, i) != i)
            continue;
        for (size_t j = i + 1; j < unit->gaps.len; j++)
            same += first_gap_like(unit, j) == i;
        if (same == 1)
            cli_detail("%s:%u: not understood: %s", file_of(shown, unit, gap->loc), gap->loc.line,
                       gap->what);
        else
            cli_detail("%s:%u: not understood: %s; the first of %zu",
                       file_of(shown, unit, gap->loc), gap->loc.line, gap->what, same);
    }
}

static void explain_unit(const char *shown, const struct ir_unit *unit)
{
    if (unit->assumed_macros)
        cli_detail("%s: taken as defined, because calls stand under them: %s", shown,
                   unit->assumed_macros);
    if (unit->used_bundled_declarations)
        cli_detail("%s: CUDA calls are declared by cuhostlint's own headers", shown);
    if (unit->errors_in_user_files > 0)
        cli_detail("%s: analysed as far as it parses; %u errors, the first: %s", shown,
                   unit->errors_in_user_files, unit->first_error != NULL ? unit->first_error : "?");
    for (size_t i = 0; i < unit->functions.len; i++) {
        const struct ir_function *function = &unit->functions.data[i];

        for (size_t j = 0; j < function->degraded.len; j++)
            cli_detail("%s: %s is analysed in part: %s", shown, function->qualified,
                       function->degraded.data[j]);
    }
    explain_gaps(shown, unit);
    explain_sites(shown, unit);
}

static void explain_parse(const struct source_unit *source, const struct driver_result *result,
                          const char *parsed_for)
{
    cli_detail("%s: arguments from %s", source->shown, source->origin);
    if (result->is_irrelevant) {
        cli_detail("%s: not parsed: nothing in it or its headers names a modelled function",
                   source->shown);
        return;
    }
    if (result->unit == NULL)
        return;
    if (parsed_for != NULL)
        cli_detail("%s: parsed because it seems to define '%s', called near a modelled call",
                   source->shown, parsed_for);
    if (source->through != NULL && result->unit->through == NULL)
        cli_detail("%s: parsed alone all the same: there is more to see of it then", source->shown);
    if (result->parses == 0)
        cli_detail("%s: unchanged since an earlier run parsed it by %s", source->shown,
                   result->unit->parser);
    else
        cli_detail("%s: parsed by %s in %.3f s, lowered in %.3f s", source->shown,
                   result->unit->parser, result->parse_seconds, result->lower_seconds);
    if (result->reparsed != NULL)
        cli_detail("%s: parsed %u times: %s", source->shown, result->parses, result->reparsed);
    explain_unit(source->shown, result->unit);
}

static void explain_other_branch(const struct run *run, const struct other_branch *other)
{
    const struct ir_unit *first = run->results[other->unit].unit;
    struct strbuf args;

    strbuf_init(&args, run->arena);
    for (size_t i = 0; i < first->other_branch.len; i++)
        strbuf_addf(&args, " %s", first->other_branch.data[i]);
    cli_detail("%s: parsed once more for calls that the preprocessor left out, with%s",
               run->sources.units.data[other->unit].shown, args.text);
}

void run_explain(const struct run *run)
{
    for (size_t i = 0; i < run->sources.notes.len; i++)
        cli_note(run->sources.notes.data[i]);
    for (size_t i = 0; run->results != NULL && i < run->sources.units.len; i++)
        explain_parse(&run->sources.units.data[i], &run->results[i],
                      run->parsed_for != NULL ? run->parsed_for[i] : NULL);
    for (size_t i = 0; i < run->other_branches.len; i++)
        explain_other_branch(run, &run->other_branches.data[i]);
    if (run->definers_left > 0)
        cli_detail("%zu more files seem to define functions that are called near modelled calls: "
                   "they were not parsed, for others are called nearer to these",
                   run->definers_left);
}
