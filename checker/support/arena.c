#include "support/arena.h"

#include "support/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An arena that has grown large goes on in large steps. */
enum { CHUNK_SIZE = 64 * 1024, LARGE_CHUNK_SIZE = 8 * 1024 * 1024 };

struct chunk {
    struct chunk *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct chunk *chunks; /* newest first: the one being filled */
    size_t handed_out;
};

struct arena *arena_new(void)
{
    return mem_alloc(sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(arena);
}

static struct chunk *chunk_with_room(struct arena *arena, size_t size)
{
    struct chunk *head = arena->chunks;
    if (head && head->capacity - head->used >= size)
        return head;
    size_t usual = arena->handed_out < LARGE_CHUNK_SIZE ? CHUNK_SIZE : LARGE_CHUNK_SIZE;
    size_t capacity = size > usual / 4 ? size : usual;
    if (capacity > SIZE_MAX - sizeof(struct chunk))
        mem_exhausted();
    struct chunk *chunk = mem_large(sizeof(struct chunk) + capacity);
    *chunk = (struct chunk){.capacity = capacity};
    if (head && capacity == size) { /* an oversized block of its own: keep filling the old head */
        chunk->next = head->next;
        head->next = chunk;
    } else {
        chunk->next = head;
        arena->chunks = chunk;
    }
    return chunk;
}

/* Bytes that hold anything. */
static void *take(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        mem_exhausted();
    size_t rounded = (size + align - 1) & ~(align - 1);
    if (rounded == 0)
        rounded = align;
    struct chunk *chunk = chunk_with_room(arena, rounded);
    void *result = chunk->bytes + chunk->used;
    chunk->used += rounded;
    arena->handed_out += rounded;
    return result;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *result = take(arena, size);
    if (size)
        memcpy(result, bytes, size);
    return result;
}

char *arena_strndup(struct arena *arena, const char *string, size_t length)
{
    if (!string)
        return NULL;
    char *result = take(arena, length + 1);
    memcpy(result, string, length);
    result[length] = '\0';
    return result;
}

char *arena_strdup(struct arena *arena, const char *string)
{
    return string ? arena_strndup(arena, string, strlen(string)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        mem_exhausted();
    char *result = take(arena, (size_t)length + 1);
    vsnprintf(result, (size_t)length + 1, format, again);
    va_end(again);
    return result;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *result = arena_vprintf(arena, format, args);
    va_end(args);
    return result;
}

size_t arena_used(const struct arena *arena)
{
    return arena->handed_out;
}
