/* Text in which every character that looks like code is code. */
#ifndef CUHOSTLINT_SOURCE_TEXT_PLAIN_H
#define CUHOSTLINT_SOURCE_TEXT_PLAIN_H

#include "support/arena.h"

#include <stddef.h>

/* A copy of C or C++ text, each token where it was: comments, spliced lines' backslashes, the
 * preprocessor's lines and what stands between quotes are blanks (newlines stay), and the digraphs
 * <% %> <: :> are the brackets that they stand for. NUL-terminated, `len` bytes, in `arena`. */
const char *source_plain(struct arena *arena, const char *text, size_t len);

#endif
