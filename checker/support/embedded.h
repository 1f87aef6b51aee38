/* The text files built into the program (checker/embed.cmake). */
#ifndef CUHOSTLINT_SUPPORT_EMBEDDED_H
#define CUHOSTLINT_SUPPORT_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *path; /* from the root of the repository: "rules/zero-size/zero-size.md" */
    const char *text; /* NUL-terminated */
    size_t len;       /* without the NUL */
};

/* Sorted by path. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

/* The text of a file by its path, or NULL. */
const char *embedded_file_text(const char *path);

#endif
