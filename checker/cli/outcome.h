/* What a run came to, as the reports want it. */
#ifndef CUHOSTLINT_CLI_OUTCOME_H
#define CUHOSTLINT_CLI_OUTCOME_H

#include "cli/run.h"
#include "engine/engine.h"
#include "report/report.h"

/* Fills in the files, counts and times of `report`. `findings` are finished. */
void outcome_fill(const struct run *run, const struct engine_stats *engine,
                  const struct findings *findings, struct report_run *report);

/* One line for people, on standard error: how many findings of each level. */
void outcome_print_summary(const struct report_run *report, const struct findings *findings);

/* --stats: the same counts as a table, on standard error. */
void outcome_print_stats(const struct report_run *report);

#endif
