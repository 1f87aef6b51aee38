/* What a run came to, as the reports want it. */
#ifndef CUHOSTLINT_CLI_OUTCOME_H
#define CUHOSTLINT_CLI_OUTCOME_H

#include "cli/run.h"
#include "engine/engine.h"
#include "report/report.h"

/* The folder that paths in reports and fingerprints are relative to: the root that all units
 * share, else the lowest folder that holds all their roots; without units the current folder. */
const char *outcome_root(struct arena *arena, const struct source_list *sources);

/* The absolute path of the current folder. */
const char *outcome_folder(struct arena *arena);

/* Fills in the files, counts and times of `report`. `findings` are finished. */
void outcome_fill(const struct run *run, const struct engine_stats *engine,
                  const struct findings *findings, struct report_run *report);

/* --stats: the same counts as a table, on standard error. */
void outcome_print_stats(const struct report_run *report);

#endif
