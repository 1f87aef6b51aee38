/* Token pasting: "##" that may make a name of its parts. */
#ifndef CUHOSTLINT_SOURCE_TEXT_PASTES_H
#define CUHOSTLINT_SOURCE_TEXT_PASTES_H

#include <stdbool.h>
#include <stddef.h>

/* Calls `visit` for each "##" of the text with the identifiers before and behind it, which may be
 * empty and are not NUL-terminated. */
void pastes_each(const char *text, size_t len,
                 void (*visit)(void *context, const char *before, size_t before_len,
                               const char *after, size_t after_len),
                 void *context);

/* True when pasting may make one of the names: `before` is a proper beginning of it, or `after` a
 * proper ending; a part that is too short to tell is none. */
bool pastes_make_one_of(const char *before, const char *after, const char *const *names,
                        size_t count);

#endif
