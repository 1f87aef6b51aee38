#include "support/glob.h"

#include <string.h>

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

/* Where to go on after a mismatch: behind the star, with more of the path given to it. */
struct retry {
    const char *pattern; /* NULL: no star yet */
    const char *path;
    bool whole_parts; /* a double star and slash: only at the start of a part */
};

/* Gives the star more of the path; false where it can take no more. */
static bool take_more(struct retry *retry, bool crosses_slashes)
{
    if (!retry->pattern || !*retry->path || (!crosses_slashes && *retry->path == '/'))
        return false;
    if (retry->whole_parts) {
        const char *slash = strchr(retry->path, '/');
        if (!slash)
            return false;
        retry->path = slash;
    }
    retry->path++;
    return true;
}

/* A double star backs up a single one: where the inner can take no more, the outer does. */
bool glob_match_path(const char *pattern, const char *path)
{
    struct retry inner = {0}, outer = {0};
    for (;;) {
        if (pattern[0] == '*' && pattern[1] == '*') {
            bool whole_parts = pattern[2] == '/';
            pattern += whole_parts ? 3 : 2;
            outer = (struct retry){pattern, path, whole_parts};
            inner.pattern = NULL;
        } else if (*pattern == '*') {
            inner = (struct retry){++pattern, path, false};
        } else if (*path && (*pattern == *path || (*pattern == '?' && *path != '/'))) {
            pattern++;
            path++;
        } else if (!*path && !*pattern) {
            return true;
        } else if (take_more(&inner, false)) {
            pattern = inner.pattern;
            path = inner.path;
        } else if (take_more(&outer, true)) {
            pattern = outer.pattern;
            path = outer.path;
            inner.pattern = NULL;
        } else {
            return false;
        }
    }
}
