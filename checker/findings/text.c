#include "findings/text.h"

#include "support/file.h"
#include "support/map.h"
#include "support/utf8.h"
#include "support/vec.h"

#include <string.h>

struct text_cache {
    struct arena *arena;
    struct map by_path;       /* into texts */
    VEC(struct text *) texts; /* NULL: cannot be read */
};

struct text_cache *text_cache_new(struct arena *arena)
{
    struct text_cache *cache = arena_new_object(arena, struct text_cache);
    cache->arena = arena;
    cache->by_path.arena = arena;
    return cache;
}

static void find_lines(struct arena *arena, struct text *text)
{
    VEC(uint32_t) starts = {0};
    vec_push(arena, &starts, 0);
    for (size_t i = 0; i < text->len; i++) {
        char c = text->bytes[i];
        if (c == '\n' || (c == '\r' && text->bytes[i + 1] != '\n'))
            vec_push(arena, &starts, (uint32_t)(i + 1));
    }
    text->line_starts = starts.data;
    text->line_count = (uint32_t)starts.len;
}

static struct text *add(struct text_cache *cache, const char *path, const char *bytes, size_t len)
{
    struct text *text = arena_new_object(cache->arena, struct text);
    *text = (struct text){
        .path = arena_strdup(cache->arena, path),
        .bytes = bytes,
        .len = len,
    };
    find_lines(cache->arena, text);
    map_set(&cache->by_path, text->path, (uint32_t)cache->texts.len);
    vec_push(cache->arena, &cache->texts, text);
    return text;
}

void text_inject(struct text_cache *cache, const char *path, const char *bytes, size_t len)
{
    add(cache, path, arena_strndup(cache->arena, bytes, len), len)->is_injected = true;
}

const struct text *text_get(struct text_cache *cache, const char *path)
{
    uint32_t known = map_get(&cache->by_path, path);
    if (known != MAP_NONE)
        return cache->texts.data[known];
    const char *bytes;
    size_t len;
    if (!file_read_untrusted(cache->arena, path, FILE_LARGEST_TEXT, &bytes, &len))
        return add(cache, path, bytes, len);
    map_set(&cache->by_path, arena_strdup(cache->arena, path), (uint32_t)cache->texts.len);
    vec_push(cache->arena, &cache->texts, NULL);
    return NULL;
}

struct text_span text_line(const struct text *text, uint32_t line)
{
    if (line == 0 || line > text->line_count)
        return (struct text_span){"", 0};
    uint32_t start = text->line_starts[line - 1];
    size_t end = line < text->line_count ? text->line_starts[line] : text->len;
    while (end > start && (text->bytes[end - 1] == '\n' || text->bytes[end - 1] == '\r'))
        end--;
    return (struct text_span){text->bytes + start, end - start};
}

struct text_span text_range(const struct text *text, uint32_t offset, uint32_t end_offset)
{
    if (offset >= end_offset || end_offset > text->len)
        return (struct text_span){"", 0};
    return (struct text_span){text->bytes + offset, end_offset - offset};
}

void text_place(const struct text *text, uint32_t offset, uint32_t *line, uint32_t *column)
{
    uint32_t low = 0, high = text->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (text->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = low + 1;
    *column = offset - text->line_starts[low] + 1;
}

uint32_t text_utf16_column(const struct text *text, uint32_t line, uint32_t column)
{
    struct text_span span = text_line(text, line);
    uint32_t units = 0;
    size_t at = 0;
    while (at < span.len && at + 1 < column) {
        struct utf8_char next = utf8_next(span.bytes + at, span.len - at);
        units += next.code > 0xFFFF ? 2 : 1;
        at += next.len;
    }
    /* Behind the end of the line, every further column is one more. */
    if (at + 1 < column)
        units += column - 1 - (uint32_t)at;
    return units + 1;
}

const char *text_path_below(const char *folder, const char *path)
{
    size_t len = folder ? strlen(folder) : 0;
    while (len > 0 && folder[len - 1] == '/')
        len--;
    if (!folder || strncmp(folder, path, len) != 0 || path[len] != '/' || !path[len + 1])
        return path;
    return path + len + 1;
}
