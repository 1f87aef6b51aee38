/* "did you mean ...?" for misspelt names: options, rules, keys. */
#ifndef CUHOSTLINT_SUPPORT_SUGGEST_H
#define CUHOSTLINT_SUPPORT_SUGGEST_H

#include <stddef.h>

/* The candidate nearest to `word`, or NULL where none is near enough to be meant.
 * `stride` is the distance in bytes between two candidates' `const char *` (so that a table of
 * structs that begin with a name serves as it is). */
const char *suggest(const char *word, const void *candidates, size_t count, size_t stride);

#endif
