/* The checker, in this process: a text in, its findings out. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_LINT_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_LINT_H

#include "findings/finding.h"
#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stddef.h>

struct lint_finding {
    const char *rule, *function, *message, *file;
    unsigned line;
    size_t offset, end_offset;
};

struct lint_report {
    VEC(struct lint_finding) findings;
    VEC(size_t) steps;          /* offsets in the main file: where their paths come by */
    const struct findings *all; /* as the checker gave them: until the next run */
};

/* For one path; texts under it are parsed fast from the third on, when they begin alike. */
struct lint;

struct lint *lint_new(struct arena *arena, const char *path);

/* What the checker finds in the text. The report lives in `arena`. */
const struct error *lint_run(struct lint *lint, struct arena *arena, const char *text, size_t len,
                             struct lint_report *report);

#endif
