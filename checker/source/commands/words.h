/* Command lines as lists of words, and the quoting rules that make them. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_WORDS_H
#define CUHOSTLINT_SOURCE_COMMANDS_WORDS_H

#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct words {
    const char **data;
    size_t len;
    size_t cap;
};

/* Appends the words of a command line or response file, quoted as a POSIX shell quotes: '...' as
 * it is, "..." with backslash before \ and ", a backslash elsewhere protects one character. */
void source_words_split(struct arena *arena, const char *text, struct words *words);

/* Appends the items of one of nvcc's lists. Commas divide; within double quotes, and behind a
 * backslash, they do not. Quotes stay part of the item, other backslashes too. (As nvcc 13 does.)
 */
void source_words_split_list(struct arena *arena, const char *text, struct words *words);

/* Appends every word of `from`. */
void source_words_append(struct arena *arena, struct words *words, const struct words *from);

#endif
