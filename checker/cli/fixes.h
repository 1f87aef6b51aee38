/* What becomes of the findings' fixes: --fix, --fix-dry-run, --export-fixes, and those that reports
 * show. */
#ifndef CUHOSTLINT_CLI_FIXES_H
#define CUHOSTLINT_CLI_FIXES_H

#include "cli/check.h"
#include "cli/fix_scope.h"
#include "fix/fix.h"

struct fixes {
    const struct fix_scope *scope; /* files that may be changed */
    struct fix_plan plan;
    size_t left_out; /* fixes that would leave the code no better */
};

/* Proves the fixes of the findings where one of the formats or options shows them: the findings
 * keep those that hold. */
void fixes_prove(struct check *check, const struct report_format *const *formats,
                 struct fixes *fixes);

/* Applies, prints or exports the proven fixes, as the options ask, and says on standard error how
 * many. What cannot be written is told and raises check->run.status. */
void fixes_run(struct check *check, const struct fixes *fixes);

#endif
