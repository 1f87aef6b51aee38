/* Does a text begin with another one? */
#ifndef CUHOSTLINT_SUPPORT_STARTS_WITH_H
#define CUHOSTLINT_SUPPORT_STARTS_WITH_H

#include <stdbool.h>
#include <string.h>

static inline bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

#endif
