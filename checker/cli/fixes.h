/* --fix, --fix-dry-run, --export-fixes. */
#ifndef CUHOSTLINT_CLI_FIXES_H
#define CUHOSTLINT_CLI_FIXES_H

#include "cli/check.h"

/* Applies, prints or exports the fixes of the findings that hold, as the options ask, and says on
 * standard error how many. What cannot be written is told and raises check->run.status. */
void fixes_run(struct check *check);

#endif
