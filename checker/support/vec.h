/* Growing arrays in an arena, for any element type:
 *
 *     VEC(int) numbers = {0};
 *     vec_push(arena, &numbers, 42);
 *     for (size_t i = 0; i < numbers.len; i++) use(numbers.data[i]);
 *
 * Growing leaves the old storage to the arena; pointers into it go stale. */
#ifndef CUHOSTLINT_SUPPORT_VEC_H
#define CUHOSTLINT_SUPPORT_VEC_H

#include "support/arena.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *data;                                                                                \
        size_t len;                                                                                \
        size_t cap;                                                                                \
    }

/* Room for one more element; used by vec_push. */
#define vec_reserve_one(arena, vec)                                                                \
    ((vec)->len < (vec)->cap ? (void)0                                                             \
                             : (void)((vec)->data = vec_grow((arena), (vec)->data, (vec)->len,     \
                                                             &(vec)->cap, sizeof *(vec)->data)))

/* Appends a value. */
#define vec_push(arena, vec, ...)                                                                  \
    (vec_reserve_one((arena), (vec)), (vec)->data[(vec)->len++] = (__VA_ARGS__))

/* Appends a zeroed element and gives its address. */
#define vec_add(arena, vec) (vec_reserve_one((arena), (vec)), &(vec)->data[(vec)->len++])

/* Storage of at least twice the capacity with the first `len` elements copied; updates *cap. */
void *vec_grow(struct arena *arena, const void *data, size_t len, size_t *cap,
               size_t element) ARENA_NONNULL;

#endif
