#include "support/table.h"

#include "support/map.h"

#include <string.h>

enum { FIRST_CAPACITY = 64 };

void table_init(struct table *table, struct arena *arena, size_t element_size)
{
    *table = (struct table){.arena = arena, .element_size = element_size};
}

static struct table_slot *find_slot(const struct table *table, const void *element, uint32_t hash)
{
    uint32_t mask = table->slot_cap - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        struct table_slot *slot = &table->slots[i];
        if (!slot->index)
            return slot;
        if (slot->hash == hash &&
            memcmp(table_at(table, slot->index - 1), element, table->element_size) == 0)
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

/* No two elements are equal: the first free slot will do. */
static void grow_slots(struct table *table)
{
    struct table_slot *old = table->slots;
    uint32_t old_cap = table->slot_cap;
    table->slot_cap = old_cap ? old_cap * 2 : FIRST_CAPACITY * 2;
    table->slots = arena_new_array(table->arena, table->slot_cap, struct table_slot);
    uint32_t mask = table->slot_cap - 1;
    for (uint32_t from = 0; from < old_cap; from++) {
        if (!old[from].index)
            continue;
        uint32_t to = old[from].hash & mask;
        while (table->slots[to].index)
            to = (to + 1) & mask;
        table->slots[to] = old[from];
    }
}

uint32_t table_intern(struct table *table, const void *element)
{
    if ((table->len + 1) * 2 > table->slot_cap)
        grow_slots(table);
    uint32_t hash = (uint32_t)hash_bytes(element, table->element_size);
    struct table_slot *slot = find_slot(table, element, hash);
    if (slot->index)
        return slot->index - 1;
    if (table->len == table->cap)
        grow_elements(table);
    memcpy(table->elements + (size_t)table->len * table->element_size, element,
           table->element_size);
    *slot = (struct table_slot){.index = ++table->len, .hash = hash};
    return table->len - 1;
}
