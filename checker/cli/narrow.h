/* From all findings to those that are reported: comments in the source, the baseline, the lines
 * of a change. */
#ifndef CUHOSTLINT_CLI_NARROW_H
#define CUHOSTLINT_CLI_NARROW_H

#include "cli/run.h"
#include "findings/baseline.h"
#include "findings/changed.h"
#include "findings/suppress.h"

struct narrowing {
    const char *baseline_path; /* NULL: none */
    bool has_changed;
    struct baseline baseline;
    struct changed changed;
    struct suppress_result comments; /* set by narrow_findings */
};

/* Reads the baseline and the change that the options and settings name. */
const struct error *narrow_prepare(const struct run *run, struct narrowing *narrowing);

/* Marks what is suppressed, drops what no changed line touches, and writes the baselines that the
 * options ask for. `findings` are finished. Says on standard error which suppressions do nothing.
 * Error: a baseline cannot be written. */
const struct error *narrow_findings(struct run *run, struct narrowing *narrowing,
                                    struct findings *findings);

#endif
