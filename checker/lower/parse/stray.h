/* Separators that stand where a declaration should begin: clang drops them together with the
 * function behind. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_STRAY_H
#define CUHOSTLINT_LOWER_PARSE_STRAY_H

#include "lower/text/sites.h"

/* A copy of the main file's text with a blank for each of them that the errors point at; NULL where
 * there is none. */
const char *stray_blanked(struct arena *arena, const char *text, size_t len,
                          const user_errors *errors);

#endif
