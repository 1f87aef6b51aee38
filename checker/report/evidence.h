/* What a finding predicts, and what a GPU said to it, as JSON: the same in each format. */
#ifndef CUHOSTLINT_REPORT_EVIDENCE_H
#define CUHOSTLINT_REPORT_EVIDENCE_H

#include "findings/finding.h"

#include <jansson.h>

/* {"call", "code", "name"}; the null value where nothing is predicted. */
json_t *evidence_predicts(struct arena *arena, const struct prediction *predicts);

/* {"verdict", "reason", "code", "program", "output"}, and "inProgram" with a verdict and a reason
 * where the flagged file ran as a program of its own. `program` is the path of the reproducer as
 * the format shows paths, or NULL. */
json_t *evidence_validation(struct arena *arena, const struct validation *validation,
                            const char *program);

#endif
