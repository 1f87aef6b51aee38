/* Patterns as clang-tidy has them: '*' stands for any characters, everything else for itself. */
#ifndef CUHOSTLINT_SUPPORT_GLOB_H
#define CUHOSTLINT_SUPPORT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first `len` bytes of `pattern` match all of `name`. */
bool glob_match(const char *pattern, size_t len, const char *name);

/* Patterns for files, as .gitignore has them: '*' and '?' stop at slashes, "**" does not; a leading
 * "**" and slash also match nothing. `path` is relative, without a leading slash. */
bool glob_match_path(const char *pattern, const char *path);

#endif
