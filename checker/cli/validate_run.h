/* validate --run: a user's program under the recorder, beside what the linter says of its sources.
 */
#ifndef CUHOSTLINT_CLI_VALIDATE_RUN_H
#define CUHOSTLINT_CLI_VALIDATE_RUN_H

#include "cli/check.h"

/* Runs options->program to its end, lints the files that the options name (none: those that the
 * recorded calls came from), and fills in `check`: findings carry what the run says to them, and
 * what only the run shows is among them. Error: the program cannot be run, or nothing checked. */
const struct error *validate_run(struct arena *arena, const struct options *options,
                                 struct check *check);

#endif
