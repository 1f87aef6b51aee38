/* The definition (github/codeql-action, src/fingerprints.ts): of the file's UTF-16 code units, drop
 * spaces and tabs, make each line end one LF, and append 65535. The hash of a line is the
 * polynomial in 37, modulo 2^64, of the 100 units from its first one, zeros behind the end. It is
 * printed in hexadecimal with the number of its occurrence in the file. */
#include "report/line_hash.h"

#include "support/map.h"
#include "support/utf8.h"
#include "support/vec.h"

enum { WINDOW = 100, FACTOR = 37, END_MARKER = 0xFFFF };

struct units {
    struct arena *arena;
    VEC(uint16_t) list;
    VEC(size_t) line_starts; /* into list */
    bool at_line_start;
};

static void add_unit(struct units *units, uint32_t unit)
{
    if (units->at_line_start)
        vec_push(units->arena, &units->line_starts, units->list.len);
    units->at_line_start = unit == '\n';
    vec_push(units->arena, &units->list, (uint16_t)unit);
}

static void add_code(struct units *units, uint32_t code)
{
    if (code <= 0xFFFF) {
        add_unit(units, code);
        return;
    }
    add_unit(units, 0xD800U + ((code - 0x10000U) >> 10));
    add_unit(units, 0xDC00U + ((code - 0x10000U) & 0x3FFU));
}

static void add_text(struct units *units, const struct text *text)
{
    for (size_t at = 0; at < text->len;) {
        struct utf8_char next = utf8_next(text->bytes + at, text->len - at);
        bool second_of_crlf = next.code == '\n' && at > 0 && text->bytes[at - 1] == '\r';
        if (next.code == '\r')
            add_unit(units, '\n');
        else if (next.code != ' ' && next.code != '\t' && !second_of_crlf)
            add_code(units, next.code);
        at += next.len;
    }
    add_unit(units, END_MARKER);
}

/* The hash of the window that ends before unit i + 1, for i = 0, 1, ...; zeros on both sides. */
static uint64_t roll(uint64_t hash, uint64_t leaving_factor, const struct units *units, size_t i)
{
    uint64_t entering = i < units->list.len ? units->list.data[i] : 0;
    uint64_t leaving =
        i >= WINDOW && i - WINDOW < units->list.len ? units->list.data[i - WINDOW] : 0;
    return hash * FACTOR + entering - leaving * leaving_factor;
}

static const char *numbered(struct arena *arena, struct map *seen, uint64_t hash)
{
    uint32_t earlier = map_get_u64(seen, hash);
    uint32_t number = earlier == MAP_NONE ? 1 : earlier + 1;
    map_set_u64(seen, hash, number);
    return arena_printf(arena, "%llx:%u", (unsigned long long)hash, number);
}

const char *const *line_hashes(struct arena *arena, const struct text *text)
{
    struct units units = {.arena = arena, .at_line_start = true};
    add_text(&units, text);
    uint64_t leaving_factor = 1;
    for (int i = 0; i < WINDOW; i++)
        leaving_factor *= FACTOR;
    const char **hashes = arena_new_array(arena, units.line_starts.len, const char *);
    struct map seen = {.arena = arena};
    uint64_t hash = 0;
    size_t line = 0;
    for (size_t i = 0; line < units.line_starts.len; i++) {
        hash = roll(hash, leaving_factor, &units, i);
        if (i + 1 >= WINDOW && units.line_starts.data[line] == i + 1 - WINDOW)
            hashes[line++] = numbered(arena, &seen, hash);
    }
    return hashes;
}
