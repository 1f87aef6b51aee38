/* Fixes are proven before they are offered: the changed files are analysed as they would be.
 *
 * A rule suggests a fix for what it sees around one call. Whether the file still parses, the
 * finding is gone and no other one comes in its place is a question about the whole program, so it
 * is the whole check that answers it. */
#ifndef CUHOSTLINT_CLI_PROOF_H
#define CUHOSTLINT_CLI_PROOF_H

#include "cli/check.h"
#include "cli/fix_scope.h"
#include "fix/fix.h"

/* Proves the fixes of the findings that are reported, and takes those out of them that do not
 * hold. Plans what is to be written: those in files of the scope that hold all together
 * (plan->skipped: those that collide with one of them). Returns how many were taken out because the
 * code would be no better. */
size_t proof_plan(struct check *check, const struct fix_scope *scope, struct fix_plan *plan);

/* Analyses a program that the plan has changed (trial: the check of it, lowered) and compares the
 * findings with those of `check`: each fixed one is gone, and there is none more, in any file and
 * of any rule. */
bool proof_of_trial(const struct check *check, const struct fix_plan *plan, struct check *trial);

#endif
