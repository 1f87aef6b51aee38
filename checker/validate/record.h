/* What GPUs said to the reproducers of testdata/: the records of scripts/validate-gpu, which the
 * program carries. */
#ifndef CUHOSTLINT_VALIDATE_RECORD_H
#define CUHOSTLINT_VALIDATE_RECORD_H

#include "support/arena.h"

/* A Markdown section about the rule, a paragraph and a list for each GPU; NULL: none has seen a
 * program of this rule. */
const char *record_section(struct arena *arena, const char *rule);

#endif
