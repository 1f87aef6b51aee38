#include "support/map.h"

#include <string.h>
#include <xxhash.h>

struct map_slot {
    const char *string; /* NULL in maps of 64-bit keys */
    uint64_t hash;
    uint32_t value;
    bool used;
};

enum { FIRST_CAPACITY = 16 };

uint64_t hash_u64(uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

uint64_t hash_pair(uint64_t a, uint64_t b)
{
    return hash_u64(a ^ hash_u64(b));
}

uint64_t hash_bytes(const void *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}

static struct map_slot *find(struct map_slot *slots, size_t cap, const char *string, uint64_t hash)
{
    for (size_t i = hash & (cap - 1);; i = (i + 1) & (cap - 1)) {
        struct map_slot *slot = &slots[i];
        if (!slot->used)
            return slot;
        if (slot->hash == hash && (!string || strcmp(slot->string, string) == 0))
            return slot;
    }
}

static uint32_t get(const struct map *map, const char *string, uint64_t hash)
{
    if (!map->len)
        return MAP_NONE;
    const struct map_slot *slot = find(map->slots, map->cap, string, hash);
    return slot->used ? slot->value : (uint32_t)MAP_NONE;
}

static void grow(struct map *map)
{
    size_t cap = map->cap ? map->cap * 2 : FIRST_CAPACITY;
    struct map_slot *slots = arena_new_array(map->arena, cap, struct map_slot);
    for (size_t i = 0; i < map->cap; i++)
        if (map->slots[i].used)
            *find(slots, cap, map->slots[i].string, map->slots[i].hash) = map->slots[i];
    map->slots = slots;
    map->cap = cap;
}

static void set(struct map *map, const char *string, uint64_t hash, uint32_t value)
{
    if ((map->len + 1) * 4 > map->cap * 3)
        grow(map);
    struct map_slot *slot = find(map->slots, map->cap, string, hash);
    if (!slot->used)
        map->len++;
    *slot = (struct map_slot){.string = string, .hash = hash, .value = value, .used = true};
}

uint32_t map_get(const struct map *map, const char *key)
{
    return get(map, key, hash_bytes(key, strlen(key)));
}

void map_set(struct map *map, const char *key, uint32_t value)
{
    set(map, key, hash_bytes(key, strlen(key)), value);
}

/* hash_u64 is a bijection, so equal hashes mean equal keys. */
uint32_t map_get_u64(const struct map *map, uint64_t key)
{
    return get(map, NULL, hash_u64(key));
}

void map_set_u64(struct map *map, uint64_t key, uint32_t value)
{
    set(map, NULL, hash_u64(key), value);
}
