#include "support/table.h"

#include "support/map.h"

#include <string.h>

enum { FIRST_CAPACITY = 64 };

void table_init(struct table *table, struct arena *arena, size_t element_size)
{
    *table = (struct table){.arena = arena, .element_size = element_size};
}

const void *table_at(const struct table *table, uint32_t index)
{
    return table->elements + (size_t)index * table->element_size;
}

static uint32_t *find_slot(const struct table *table, const void *element)
{
    uint32_t mask = table->slot_cap - 1;
    uint32_t i = (uint32_t)hash_bytes(element, table->element_size) & mask;
    for (;; i = (i + 1) & mask) {
        uint32_t *slot = &table->slots[i];
        if (!*slot || memcmp(table_at(table, *slot - 1), element, table->element_size) == 0)
            return slot;
    }
}

static void grow_elements(struct table *table)
{
    uint32_t cap = table->cap ? table->cap * 2 : FIRST_CAPACITY;
    unsigned char *elements = arena_array(table->arena, cap, table->element_size);
    if (table->len)
        memcpy(elements, table->elements, (size_t)table->len * table->element_size);
    table->elements = elements;
    table->cap = cap;
}

static void grow_slots(struct table *table)
{
    table->slot_cap = table->slot_cap ? table->slot_cap * 2 : FIRST_CAPACITY * 2;
    table->slots = arena_new_array(table->arena, table->slot_cap, uint32_t);
    for (uint32_t i = 0; i < table->len; i++)
        *find_slot(table, table_at(table, i)) = i + 1;
}

uint32_t table_intern(struct table *table, const void *element)
{
    if ((table->len + 1) * 2 > table->slot_cap)
        grow_slots(table);
    uint32_t *slot = find_slot(table, element);
    if (*slot)
        return *slot - 1;
    if (table->len == table->cap)
        grow_elements(table);
    memcpy(table->elements + (size_t)table->len * table->element_size, element,
           table->element_size);
    *slot = ++table->len;
    return table->len - 1;
}
