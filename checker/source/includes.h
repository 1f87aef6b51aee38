/* The #include lines of a text. */
#ifndef CUHOSTLINT_SOURCE_INCLUDES_H
#define CUHOSTLINT_SOURCE_INCLUDES_H

#include <stdbool.h>
#include <stddef.h>

/* Calls `visit` for each #include "name" and <name> line, whatever #if it stands under; `from` is
 * passed on. The name is valid during the call only. */
void source_each_include(const char *text, size_t len, const char *from,
                         void (*visit)(void *context, const char *name, bool quoted,
                                       const char *from),
                         void *context);

#endif
