#include "support/vec.h"

#include <string.h>

enum { FIRST_CAPACITY = 8 };

void *vec_grow(struct arena *arena, const void *data, size_t len, size_t *cap, size_t element)
{
    size_t capacity = *cap ? *cap * 2 : FIRST_CAPACITY;
    void *grown = arena_array(arena, capacity, element);
    if (len)
        memcpy(grown, data, len * element);
    *cap = capacity;
    return grown;
}
