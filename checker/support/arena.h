/* Region memory: everything of one unit of work (a translation unit, one function's
 * analysis, one report) is allocated from one arena and released with it.
 *
 * Running out of memory ends the process with one sentence and exit status 3
 * (see mem_exhausted): no caller has to check an allocation. */
#ifndef CUHOSTLINT_SUPPORT_ARENA_H
#define CUHOSTLINT_SUPPORT_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* For analysers: what is never NULL. */
#define ARENA_NONNULL __attribute__((returns_nonnull))

/* A new, empty arena. Release it with arena_free. */
struct arena *arena_new(void) ARENA_NONNULL;

/* Releases the arena and everything allocated from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size) ARENA_NONNULL;

/* `count * size` zeroed bytes; ends the process when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size) ARENA_NONNULL;

/* A copy of `size` bytes. */
void *arena_copy(struct arena *arena, const void *bytes, size_t size) ARENA_NONNULL;

/* A copy of a string, or of its first `length` bytes, NUL-terminated. NULL stays NULL. */
char *arena_strdup(struct arena *arena, const char *string);
char *arena_strndup(struct arena *arena, const char *string, size_t length);

/* A formatted string. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3))) ARENA_NONNULL;
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0))) ARENA_NONNULL;

/* Bytes handed out so far: for --stats and budgets. */
size_t arena_used(const struct arena *arena);

/* One zeroed object, or array, of a type. */
#define arena_new_object(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
