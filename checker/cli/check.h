/* One check from the options to the findings: what `check` reports and the language server
 * publishes. */
#ifndef CUHOSTLINT_CLI_CHECK_H
#define CUHOSTLINT_CLI_CHECK_H

#include "cli/header_filter.h"
#include "cli/narrow.h"
#include "cli/run.h"

struct report_format;

struct check {
    /* set before check_findings */
    bool with_replays;                                       /* findings carry their replay */
    void (*amend)(void *context, struct findings *findings); /* may add what rules have not found,
                                                                before anything is left out */
    void *amend_context;

    struct run run;
    struct header_filter *header_filter;
    struct narrowing narrowing;
    struct findings findings;
    struct findings all; /* as they were before a comment, a baseline or a change left one out */
    struct engine_stats engine;
};

/* Everything before the parser: see run_prepare; also the filters that the options ask for. */
const struct error *check_prepare(struct arena *arena, const struct options *options,
                                  struct check *check);

/* The same for sources that are known: see run_prepare_units. */
const struct error *check_prepare_units(struct arena *arena, const struct options *options,
                                        const struct source_list *sources, struct check *check);

/* From the lowered units (check->run.results) to finished findings, those that a comment, a
 * baseline or a change leaves out marked or dropped. Error: a baseline cannot be written; the
 * findings are complete all the same. */
const struct error *check_findings(struct check *check);

/* The first half of it: findings of which none is left out yet. check->findings says where to. */
void check_analyse(struct check *check);

/* Findings, then reports and fixes as the options ask: the second half of `check`, and of
 * `link`. */
enum exit_status check_finish(struct check *check, const struct report_format *const *formats);

#endif
