#include "source/text/pastes.h"

#include "support/identifier.h"

#include <string.h>

enum {
    SHORTEST_BEGINNING = 2, /* bytes that make a "##" suspicious: "cu" */
    SHORTEST_ENDING = 4     /* "Host" */
};

void pastes_each(const char *text, size_t len,
                 void (*visit)(void *context, const char *before, size_t before_len,
                               const char *after, size_t after_len),
                 void *context)
{
    const char *end = text + len;
    for (const char *hashes = text; (hashes = memmem(hashes, (size_t)(end - hashes), "##", 2));
         hashes += 2) {
        const char *before_end = hashes, *after = hashes + 2;
        while (before_end > text && isblank((unsigned char)before_end[-1]))
            before_end--;
        const char *before = before_end;
        while (before > text && identifier_has(before[-1]))
            before--;
        while (after < end && isblank((unsigned char)*after))
            after++;
        const char *after_end = after;
        while (after_end < end && identifier_has(*after_end))
            after_end++;
        visit(context, before, (size_t)(before_end - before), after, (size_t)(after_end - after));
    }
}

bool pastes_make_one_of(const char *before, const char *after, const char *const *names,
                        size_t count)
{
    size_t before_len = strlen(before), after_len = strlen(after);
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(names[i]);
        if (before_len >= SHORTEST_BEGINNING && before_len < len &&
            memcmp(names[i], before, before_len) == 0)
            return true;
        if (after_len >= SHORTEST_ENDING && after_len < len &&
            memcmp(names[i] + len - after_len, after, after_len) == 0)
            return true;
    }
    return false;
}
