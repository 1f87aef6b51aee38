/* A persistent map from 64-bit keys to 64-bit values: changing one gives a new root and leaves the
 * old one as it was, sharing all but a path of nodes. Paths of the engine fork for free.
 *
 * A treap whose priorities are hashes of the keys: the shape depends on the contents only, and
 * every node knows the hash of what is below it, so equal maps are found equal at once. */
#ifndef CUHOSTLINT_ENGINE_VALUE_PMAP_H
#define CUHOSTLINT_ENGINE_VALUE_PMAP_H

#include "support/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct pmap_node;
typedef const struct pmap_node *pmap; /* NULL: the empty map */

/* Finds `key`; false where it is not there. `value` may be NULL. */
bool pmap_get(pmap map, uint64_t key, uint64_t *value);

pmap pmap_set(struct arena *arena, pmap map, uint64_t key, uint64_t value);
pmap pmap_remove(struct arena *arena, pmap map, uint64_t key);

/* A hash of the contents; 0 for the empty map. */
uint64_t pmap_hash(pmap map);

/* Walks the entries in the order of their keys:
 *     struct pmap_iter it = pmap_begin(map);
 *     for (uint64_t key, value; pmap_next(&it, &key, &value);) ... */
struct pmap_iter {
    pmap ahead; /* what is walked next, before what is on the stack */
    int depth;
    pmap stack[96];
};
/* In the header, so that the stack, which begins empty, is not copied. */
static inline struct pmap_iter pmap_begin(pmap map)
{
    struct pmap_iter iter;
    iter.ahead = map;
    iter.depth = 0;
    return iter;
}
bool pmap_next(struct pmap_iter *iter, uint64_t *key, uint64_t *value);

#endif
