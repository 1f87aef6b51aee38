/* -v: what was parsed and how, and what of it the engine never saw. */
#include "cli/run.h"

#include <stdio.h>

static const char *const site_reasons[] = {
    [IR_SITE_INACTIVE] = "excluded by the preprocessor",
    [IR_SITE_LOST] = "not in the parser's tree",
};

static void explain_sites(const char *shown, const struct ir_unit *unit)
{
    size_t analysed = 0, hidden = 0;

    for (size_t i = 0; i < unit->sites.len; i++) {
        analysed += unit->sites.data[i].state == IR_SITE_ANALYSED;
        hidden += unit->sites.data[i].state == IR_SITE_INACTIVE ||
                  unit->sites.data[i].state == IR_SITE_LOST;
    }
    fprintf(stderr, "%s: %zu call sites analysed, %zu not\n", shown, analysed, hidden);
    for (size_t i = 0; i < unit->sites.len; i++) {
        const struct ir_site *site = &unit->sites.data[i];

        if (site->state != IR_SITE_INACTIVE && site->state != IR_SITE_LOST)
            continue;
        fprintf(stderr, "%s:%u:%u: %s is not analysed: %s\n",
                site->loc.file != IR_NONE ? unit->files.data[site->loc.file].path : shown,
                site->loc.line, site->loc.column, site->name,
                site->reason != NULL ? site->reason : site_reasons[site->state]);
    }
}

static void explain_unit(const char *shown, const struct ir_unit *unit)
{
    if (unit->used_bundled_declarations)
        fprintf(stderr, "%s: CUDA calls are declared by cuhostlint's own headers\n", shown);
    if (unit->errors_in_user_files > 0)
        fprintf(stderr, "%s: analysed as far as it parses; %u errors, the first: %s\n", shown,
                unit->errors_in_user_files, unit->first_error != NULL ? unit->first_error : "?");
    for (size_t i = 0; i < unit->functions.len; i++) {
        const struct ir_function *function = &unit->functions.data[i];

        for (size_t j = 0; j < function->degraded.len; j++)
            fprintf(stderr, "%s: %s is analysed in part: %s\n", shown, function->qualified,
                    function->degraded.data[j]);
    }
    for (size_t i = 0; i < unit->gaps.len; i++)
        fprintf(stderr, "%s:%u: not understood: %s\n", shown, unit->gaps.data[i].loc.line,
                unit->gaps.data[i].what);
    explain_sites(shown, unit);
}

static void explain_parse(const struct source_unit *source, const struct driver_result *result)
{
    fprintf(stderr, "%s: arguments from %s\n", source->shown, source->origin);
    if (result->is_irrelevant) {
        fprintf(stderr, "%s: not parsed: nothing in it or its headers names a modelled function\n",
                source->shown);
        return;
    }
    if (result->unit == NULL)
        return;
    fprintf(stderr, "%s: parsed by %s in %.3f s, lowered in %.3f s", source->shown,
            result->unit->parser, result->parse_seconds, result->lower_seconds);
    if (result->reparsed != NULL)
        fprintf(stderr, " (%u parses: %s)", result->parses, result->reparsed);
    fputc('\n', stderr);
    explain_unit(source->shown, result->unit);
}

void run_explain(const struct run *run)
{
    for (size_t i = 0; i < run->sources.notes.len; i++)
        cli_note(run->sources.notes.data[i]);
    for (size_t i = 0; run->results != NULL && i < run->sources.units.len; i++)
        explain_parse(&run->sources.units.data[i], &run->results[i]);
}
