/* The reports that the options ask for. */
#ifndef CUHOSTLINT_CLI_OUTPUTS_H
#define CUHOSTLINT_CLI_OUTPUTS_H

#include "cli/check.h"
#include "report/report.h"

/* Finds the format of each of options->outputs. Error: there is none of that name. */
const struct error *outputs_find(struct arena *arena, const struct options *options,
                                 const struct report_format **formats);

/* What reports say apart from findings, as far as it does not depend on how the run ended. */
struct report_run outputs_frame(const struct check *check);

/* Fills in the rest of `report` and writes them all. What cannot be written is told and raises
 * run->status. */
void outputs_write(struct check *check, const struct report_format *const *formats,
                   struct report_run *report);

#endif
