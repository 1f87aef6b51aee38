/* Source lines with carets, ranges and fix-its below them, laid out as clang does.
 * Inside the report room only. */
#ifndef CUHOSTLINT_REPORT_SNIPPET_H
#define CUHOSTLINT_REPORT_SNIPPET_H

#include "findings/finding.h"
#include "findings/text.h"
#include "support/arena.h"

#include <stdbool.h>
#include <stdio.h>

struct snippet_style {
    FILE *out;
    bool color;
};

/* Lines from `at`, at most a screenful, with a caret at its beginning and the rest underlined;
 * replacements (may be none) on those lines are underlined, their text shown beneath. */
void snippet_write(struct arena *arena, const struct snippet_style *style, const struct text *text,
                   const struct position *at, const struct replacement *replacements,
                   size_t replacement_count);

/* Every line that the replacements touch, underlined, with the new text beneath; no caret. */
void snippet_write_fix(struct arena *arena, const struct snippet_style *style,
                       const struct text *text, const struct fix *fix);

/* Whether the replacement can be shown below its line: it lies on one, and its text is one. */
bool snippet_can_show(const struct replacement *replacement);

/* Text that is safe on a terminal: tabs become spaces up to the next multiple of eight, malformed
 * bytes "<FF>", what does not print "<U+202E>", as clang writes them. */
const char *snippet_printable(struct arena *arena, const char *bytes, size_t len);

#endif
