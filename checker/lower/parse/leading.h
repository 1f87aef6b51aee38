/* What a source begins with: the headers of libraries that it includes before anything else.
 * Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_LEADING_H
#define CUHOSTLINT_LOWER_PARSE_LEADING_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct leading {
    const char *includes; /* one "#include <name>" a line */
    const char *rest;     /* the text with blanks in their place; as long as the text */
};

/* Reads on while nothing but comments and includes comes, and none of a file that stands beside the
 * source: what these headers declare depends on the arguments alone. False: there are none. */
bool leading_read(struct arena *arena, const char *path, const char *text, size_t len,
                  struct leading *leading);

#endif
