/* --fix, --fix-dry-run, --export-fixes. */
#ifndef CUHOSTLINT_CLI_FIXES_H
#define CUHOSTLINT_CLI_FIXES_H

#include "cli/run.h"
#include "findings/finding.h"

/* Applies, prints or exports the fixes of the findings, as the options ask, and says on standard
 * error how many. What cannot be written is told and raises run->status. */
void fixes_run(struct run *run, const struct findings *findings);

#endif
