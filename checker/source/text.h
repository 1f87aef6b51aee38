/* The bytes of a file. */
#ifndef CUHOSTLINT_SOURCE_TEXT_H
#define CUHOSTLINT_SOURCE_TEXT_H

#include "support/arena.h"

#include <stdbool.h>

struct source_text {
    char *data; /* NUL-terminated */
    size_t len;
};

/* Reads a regular file (at most its first 64 MB). False: it cannot be read. */
bool source_read_text(struct arena *arena, const char *path, struct source_text *text);

/* Reads a descriptor to its end, as far. */
bool source_read_descriptor(struct arena *arena, int descriptor, struct source_text *text);

#endif
