/* Findings that a comment in the source turns off. */
#ifndef CUHOSTLINT_FINDINGS_SUPPRESS_H
#define CUHOSTLINT_FINDINGS_SUPPRESS_H

#include "findings/finding.h"
#include "findings/rule_info.h"

#define SUPPRESSED_BY_NOLINT "NOLINT"

/* A comment that does not do what its author thinks: a warning for standard error. */
struct suppress_problem {
    const char *file; /* absolute */
    uint32_t line, column;
    const char *message; /* "NOLINT names the unknown rule 'already-pined'; did you mean ..." */
};

struct suppress_result {
    size_t suppressed;                     /* findings turned off by this call */
    VEC(struct suppress_problem) problems; /* sorted by the order of the files, then by place */
};

/* Sets suppressed_by of findings that a NOLINT turns off: at their line, or, for code that a
 * macro's body wrote, in the macro's definition. The comments of `files` (absolute paths: what was
 * analysed) and of the files with findings are checked for names of rules that do not exist and
 * for blocks that do not close; names of other tools' checks are none of our business. */
void suppress_nolint(struct findings *findings, const struct rule_table *rules,
                     const char *const *files, size_t file_count, struct suppress_result *result);

#endif
