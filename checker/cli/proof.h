/* Fixes are proven before anything is written: the changed files are analysed as they would be.
 *
 * A rule offers a fix for what it sees around one call. Whether the file still parses, the finding
 * is gone and no other one comes in its place is a question about the whole program, so it is the
 * whole check that answers it. */
#ifndef CUHOSTLINT_CLI_PROOF_H
#define CUHOSTLINT_CLI_PROOF_H

#include "cli/check.h"
#include "cli/fix_scope.h"
#include "fix/fix.h"

/* Plans the fixes of the findings that hold, all together, in files of the scope. Returns how many
 * do not hold. */
size_t proof_plan(const struct check *check, const struct fix_scope *scope, struct fix_plan *plan);

#endif
