/* The text of a file that some name leads to. */
#ifndef CUHOSTLINT_SOURCE_TEXT_TEXT_H
#define CUHOSTLINT_SOURCE_TEXT_TEXT_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct source_text {
    const char *data; /* NUL-terminated */
    size_t len;
};

/* Reads a regular file. False: there is none, or it cannot be read, or it is larger than a text
 * (FILE_LARGEST_TEXT). */
bool source_read_text(struct arena *arena, const char *path, struct source_text *text);

#endif
