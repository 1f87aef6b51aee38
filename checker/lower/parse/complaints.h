/* What the parser complained about in files of the user's. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_COMPLAINTS_H
#define CUHOSTLINT_LOWER_PARSE_COMPLAINTS_H

#include "lower/parse/parse.h"

/* Adds to `parse` the errors of its tree, and what they say of headers that are missing. */
void complaints_note(const struct clang_api *clang, struct arena *arena,
                     const struct source_unit *source, struct parse *parse);

#endif
