/* Hash maps in an arena: from strings, and from 64-bit keys, to 32-bit values.
 * Iteration is not offered: whoever needs an order keeps a vector beside the map. */
#ifndef CUHOSTLINT_SUPPORT_MAP_H
#define CUHOSTLINT_SUPPORT_MAP_H

#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { MAP_NONE = UINT32_MAX }; /* not in the map; no value may be this */

struct map_slot;

/* Zero-initialise, set `arena`, use. Keys of string maps are not copied: they must outlive it. */
struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t cap;
    size_t len;
};

uint32_t map_get(const struct map *map, const char *key);
void map_set(struct map *map, const char *key, uint32_t value);
uint32_t map_get_u64(const struct map *map, uint64_t key);
void map_set_u64(struct map *map, uint64_t key, uint32_t value);

/* A good mix of 64 bits (splitmix64's finaliser, public domain, Steele et al. 2014). */
uint64_t hash_u64(uint64_t x);
uint64_t hash_pair(uint64_t a, uint64_t b);
uint64_t hash_bytes(const void *bytes, size_t len);

#endif
