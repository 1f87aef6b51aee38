/* Findings and a run, side by side. */
#ifndef CUHOSTLINT_VALIDATE_MATCH_H
#define CUHOSTLINT_VALIDATE_MATCH_H

#include "findings/finding.h"
#include "findings/rule_info.h"
#include "source/commands/words.h"
#include "validate/observe.h"

struct match_verdict {
    enum verdict verdict; /* confirmed, refuted or not reached */
    const char *reason;
};

/* What the run says to each finding, in their order; marks the observations that they repeat. */
struct match_verdict *match_findings(struct arena *arena, const struct findings *findings,
                                     const struct run_log *log, struct observations *observations);

/* Adds a finding, with the verdict "seen", for each defect that no finding says. Defects in code
 * without debug information have no place in a source: their number is the result. `system` is a
 * folder whose files are not the user's (the toolkit), or NULL. */
size_t match_add_unsaid(struct findings *findings, const struct rule_table *rules,
                        const struct observations *observations, const char *system);

/* The source files, below no system folder, that the run's stacks go through; each once. */
struct words match_sources(struct arena *arena, const struct run_log *log, const char *system);

#endif
