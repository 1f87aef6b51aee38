/* Findings put to the test: a program for each, compiled and run, and what came of it. */
#ifndef CUHOSTLINT_VALIDATE_VALIDATE_H
#define CUHOSTLINT_VALIDATE_VALIDATE_H

#include "findings/finding.h"
#include "support/error.h"

enum { VALIDATE_TIMEOUT_SECONDS = 30 };

struct validate_options {
    const char *cuda_path; /* of the toolkit that compiles; NULL: the usual places */
    const char *arch;      /* for nvcc's -arch; NULL: its default */
    const char *keep;      /* folder where the programs stay; NULL: they are removed */
    unsigned jobs;         /* 0: one for each processor */
    unsigned timeout;      /* seconds for one program; 0: VALIDATE_TIMEOUT_SECONDS */
    bool dry_run;          /* write and compile only */
    void (*announce)(const char *sentence); /* hears what is about to run, and where */
};

/* Sets `validation` of each finding that is not suppressed. Findings carry replays
 * (engine_options.with_replays). Error: there is no folder to work in. */
const struct error *validate_findings(struct arena *arena, struct findings *findings,
                                      const struct validate_options *options);

#endif
