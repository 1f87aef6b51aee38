/* What a run came to, as the reports want it. */
#ifndef CUHOSTLINT_CLI_OUTCOME_H
#define CUHOSTLINT_CLI_OUTCOME_H

#include "cli/run.h"
#include "engine/engine.h"
#include "report/report.h"

/* Fills in the files, counts and times of `report`. `findings` are finished. */
void outcome_fill(const struct run *run, const struct engine_stats *engine,
                  const struct findings *findings, struct report_run *report);

#endif
