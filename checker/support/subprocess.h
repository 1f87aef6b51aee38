/* Programs that are run for their output. No shell is involved. */
#ifndef CUHOSTLINT_SUPPORT_SUBPROCESS_H
#define CUHOSTLINT_SUPPORT_SUBPROCESS_H

#include "support/arena.h"
#include "support/error.h"

#include <stddef.h>

/* Runs argv[0] (looked for on PATH) with nothing on its standard input, and reads all that it
 * prints; a NUL follows the last byte. Error (ERROR_USAGE): the program cannot be started or does
 * not end with status 0; the message quotes the last line of its standard error. */
const struct error *subprocess_read(struct arena *arena, const char *const *argv,
                                    const char **output, size_t *len);

#endif
