/* Identifiers in text of any language of ours. */
#ifndef CUHOSTLINT_SUPPORT_IDENTIFIER_H
#define CUHOSTLINT_SUPPORT_IDENTIFIER_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>

/* Is it a letter, a digit or "_"? */
static inline bool identifier_has(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* How many of them the string begins with. */
static inline size_t identifier_span(const char *text)
{
    size_t len = 0;
    while (identifier_has(text[len]))
        len++;
    return len;
}

#endif
