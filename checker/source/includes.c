#include "source/includes.h"

#include <string.h>

enum { MAX_NAME = 1024 };

static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    return p;
}

/* The name in the directive that begins at `p`; gives false for any other line. */
static bool read_include(const char *p, const char *end, char name[MAX_NAME], bool *quoted)
{
    static const char word[] = "include";
    p = skip_blanks(p, end);
    if (p == end || *p != '#')
        return false;
    p = skip_blanks(p + 1, end);
    if ((size_t)(end - p) < sizeof word - 1 || strncmp(p, word, sizeof word - 1) != 0)
        return false;
    p = skip_blanks(p + sizeof word - 1, end);
    if (p == end || (*p != '"' && *p != '<'))
        return false;
    *quoted = *p == '"';
    const char *start = p + 1;
    const char *close = memchr(start, *quoted ? '"' : '>', (size_t)(end - start));
    if (!close || close == start || close - start >= MAX_NAME)
        return false;
    memcpy(name, start, (size_t)(close - start));
    name[close - start] = '\0';
    return true;
}

void source_each_include(const char *text, size_t len, const char *from,
                         void (*visit)(void *context, const char *name, bool quoted,
                                       const char *from),
                         void *context)
{
    const char *end = text + len;
    char name[MAX_NAME];
    bool quoted;
    for (const char *line = text; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        const char *stop = next ? next : end;
        if (read_include(line, stop, name, &quoted))
            visit(context, name, quoted, from);
        line = stop + 1;
    }
}
