/* Regular expressions (PCRE2) that live in an arena. */
#ifndef CUHOSTLINT_SUPPORT_PATTERN_H
#define CUHOSTLINT_SUPPORT_PATTERN_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern;

/* Compiles a regular expression. `whole`: it must match all of a text, else anywhere in it. NULL
 * where it is none; *why then says where and what: "at character 3: missing closing parenthesis".
 */
const struct pattern *pattern_compile(struct arena *arena, const char *regex, bool whole,
                                      const char **why);

/* A match that takes too many steps counts as none: configuration may be hostile. */
bool pattern_matches(const struct pattern *pattern, const char *text, size_t len);

#endif
