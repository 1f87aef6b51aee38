/* Patterns as clang-tidy has them: '*' stands for any characters, everything else for itself. */
#ifndef CUHOSTLINT_SUPPORT_GLOB_H
#define CUHOSTLINT_SUPPORT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first `len` bytes of `pattern` match all of `name`. */
bool glob_match(const char *pattern, size_t len, const char *name);

#endif
