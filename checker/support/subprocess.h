/* Programs that are run for their output. No shell is involved. */
#ifndef CUHOSTLINT_SUPPORT_SUBPROCESS_H
#define CUHOSTLINT_SUPPORT_SUBPROCESS_H

#include "support/arena.h"
#include "support/error.h"

#include <stddef.h>

struct subprocess {
    const char *const *argv;      /* NULL at the end */
    const char *const *variables; /* "NAME=value", NULL at the end: instead of the environment's; or
                                     NULL */
    unsigned most_seconds;        /* then it is killed; 0: it may take as long as it likes */
};

enum { SUBPROCESS_MOST_OUTPUT = 1 << 28 };

/* Runs a program with nothing on its standard input, and reads all that it prints; a NUL follows
 * the last byte. A name without a slash is looked for in the absolute folders of PATH: never in the
 * current one, which may be somebody else's. Error (ERROR_USAGE): the program cannot be started,
 * does not end with status 0 (the message quotes the last line of its standard error), prints more
 * than SUBPROCESS_MOST_OUTPUT bytes, or took too long. */
const struct error *subprocess_read(struct arena *arena, const struct subprocess *program,
                                    const char **output, size_t *len);

#endif
