/* The algorithm of Wu and Manber (1994): a table says for each pair of bytes how far the text can
 * be skipped when it ends the window, so most of the text is never looked at. */
#include "source/name_search.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum {
    PAIRS = 1 << 16,
    NO_NAME = UINT16_MAX,
    MOST_NAMES = UINT16_MAX - 1,
    SHORTEST_PASTED = 2, /* bytes of a name's beginning that make a "##" suspicious: "cu" */
    SHORTEST_ENDING = 4  /* and of its ending: "Host" */
};

struct name_search {
    const char *const *names;
    size_t *lengths;
    size_t count;
    size_t window;         /* the length of the shortest name, 2 at least; 0: a name is too short */
    uint8_t shift[PAIRS];  /* by the window's last two bytes */
    uint16_t first[PAIRS]; /* names whose beginning ends the window so, linked by `next` */
    uint16_t *next;
};

static uint16_t pair_at(const char *text)
{
    return (uint16_t)((unsigned char)text[0] << 8 | (unsigned char)text[1]);
}

static size_t shortest(const struct name_search *search)
{
    size_t length = UINT8_MAX;
    for (size_t i = 0; i < search->count; i++)
        if (search->lengths[i] < length)
            length = search->lengths[i];
    return length;
}

static void add_name(struct name_search *search, uint16_t name)
{
    const char *text = search->names[name];
    size_t last = search->window - 2;
    for (size_t i = 0; i <= last; i++) {
        uint8_t *shift = &search->shift[pair_at(text + i)];
        if (*shift > last - i)
            *shift = (uint8_t)(last - i);
    }
    uint16_t *first = &search->first[pair_at(text + last)];
    search->next[name] = *first;
    *first = name;
}

struct name_search *name_search_new(struct arena *arena, const char *const *names, size_t count)
{
    struct name_search *search = arena_new_object(arena, struct name_search);
    search->names = names;
    search->count = count < MOST_NAMES ? count : MOST_NAMES;
    search->lengths = arena_new_array(arena, search->count, size_t);
    search->next = arena_new_array(arena, search->count, uint16_t);
    for (size_t i = 0; i < search->count; i++)
        search->lengths[i] = strlen(names[i]);
    size_t window = shortest(search);
    if (window < 2 || search->count < count)
        return search;
    search->window = window;
    memset(search->shift, (int)window - 1, sizeof search->shift);
    memset(search->first, 0xff, sizeof search->first);
    for (uint16_t i = 0; i < search->count; i++)
        add_name(search, i);
    return search;
}

static bool is_name_at(const struct name_search *search, uint16_t name, const char *at,
                       const char *end)
{
    size_t len = search->lengths[name];
    return (size_t)(end - at) >= len && memcmp(at, search->names[name], len) == 0;
}

bool name_search_hits(const struct name_search *search, const char *text, size_t len)
{
    if (!search->window)
        return search->count != 0;
    const char *end = text + len;
    size_t last = search->window - 2;
    for (size_t at = 0; at + search->window <= len;) {
        uint16_t pair = pair_at(text + at + last);
        if (search->shift[pair]) {
            at += search->shift[pair];
            continue;
        }
        for (uint16_t name = search->first[pair]; name != NO_NAME; name = search->next[name])
            if (is_name_at(search, name, text + at, end))
                return true;
        at++;
    }
    return false;
}

/* ---- token pasting ----------------------------------------------------------------------- */

static bool is_name_part(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool begins_a_name(const struct name_search *search, const char *part, size_t len)
{
    for (size_t i = 0; len >= SHORTEST_PASTED && i < search->count; i++)
        if (len < search->lengths[i] && memcmp(search->names[i], part, len) == 0)
            return true;
    return false;
}

static bool ends_a_name(const struct name_search *search, const char *part, size_t len)
{
    for (size_t i = 0; len >= SHORTEST_ENDING && i < search->count; i++)
        if (len < search->lengths[i] &&
            memcmp(search->names[i] + search->lengths[i] - len, part, len) == 0)
            return true;
    return false;
}

/* `hashes` is where a "##" stands in the text. */
static bool pastes_a_name(const struct name_search *search, const char *text, const char *end,
                          const char *hashes)
{
    const char *before_end = hashes;
    while (before_end > text && isblank((unsigned char)before_end[-1]))
        before_end--;
    const char *before = before_end;
    while (before > text && is_name_part(before[-1]))
        before--;
    const char *after = hashes + 2;
    while (after < end && isblank((unsigned char)*after))
        after++;
    const char *after_end = after;
    while (after_end < end && is_name_part(*after_end))
        after_end++;
    return begins_a_name(search, before, (size_t)(before_end - before)) ||
           ends_a_name(search, after, (size_t)(after_end - after));
}

bool name_search_may_paste(const struct name_search *search, const char *text, size_t len)
{
    const char *end = text + len;
    for (const char *hashes = text; (hashes = memmem(hashes, (size_t)(end - hashes), "##", 2));
         hashes += 2)
        if (pastes_a_name(search, text, end, hashes))
            return true;
    return false;
}
