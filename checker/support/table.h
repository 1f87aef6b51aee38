/* Hash-consing: equal elements get one index, so that equality is a comparison of indexes.
 * Elements are plain bytes of a fixed size; structs must have no padding, or zeroed padding. */
#ifndef CUHOSTLINT_SUPPORT_TABLE_H
#define CUHOSTLINT_SUPPORT_TABLE_H

#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* The hash stands beside the index, so that a miss does not touch the element. */
struct table_slot {
    uint32_t index; /* + 1; 0: free */
    uint32_t hash;
};

struct table {
    struct arena *arena;
    size_t element_size;
    unsigned char *elements;
    uint32_t len;
    uint32_t cap;
    struct table_slot *slots;
    uint32_t slot_cap;
};

void table_init(struct table *table, struct arena *arena, size_t element_size);

/* The index of the element equal to *element, added if it is new. */
uint32_t table_intern(struct table *table, const void *element);

/* The element at an index; the pointer goes stale at the next table_intern. */
static inline const void *table_at(const struct table *table, uint32_t index)
{
    return table->elements + (size_t)index * table->element_size;
}

#endif
