/* Errors are values: a function that can fail returns `const struct error *`,
 * NULL when all went well. The message is one sentence that says what happened,
 * where, and what the user can do; it is printed as it is. */
#ifndef CUHOSTLINT_SUPPORT_ERROR_H
#define CUHOSTLINT_SUPPORT_ERROR_H

#include "support/arena.h"

/* What the failure means for the exit status (../shared/spec/cli.md). */
enum error_kind {
    ERROR_USAGE = 2,   /* bad option, unreadable file, broken configuration */
    ERROR_ANALYSIS = 3 /* a file could not be analysed at all */
};

struct error {
    enum error_kind kind;
    const char *message;
};

/* A new error, allocated from `arena` with a formatted message (no trailing newline). */
const struct error *error_new(struct arena *arena, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4))) ARENA_NONNULL;

#endif
