#include "support/glob.h"

/* Backtracks to the last star only: linear in practice, quadratic at worst. */
bool glob_match(const char *pattern, size_t len, const char *name)
{
    size_t at = 0, star = len;
    const char *retry = name;
    while (*name) {
        if (at < len && pattern[at] == '*') {
            star = at++;
            retry = name;
        } else if (at < len && pattern[at] == *name) {
            at++;
            name++;
        } else if (star < len) {
            at = star + 1;
            name = ++retry;
        } else {
            return false;
        }
    }
    while (at < len && pattern[at] == '*')
        at++;
    return at == len;
}
