/* The fingerprints that GitHub code scanning gives to lines. Inside the report room only. */
#ifndef CUHOSTLINT_REPORT_LINE_HASH_H
#define CUHOSTLINT_REPORT_LINE_HASH_H

#include "findings/text.h"
#include "support/arena.h"

/* "primaryLocationLineHash" of every line, [0] for line 1, exactly as GitHub's upload action
 * computes it: it keeps a value that is there and warns where its own differs. There are as many
 * as the text has lines (text->line_count). */
const char *const *line_hashes(struct arena *arena, const struct text *text);

#endif
