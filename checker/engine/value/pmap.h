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

/* What of the map passes the test, which is asked in the order of the keys. `*rest`: gets what does
 * not; or NULL. For one entry out of many pmap_remove is cheaper. */
struct pmap_test {
    bool (*passes)(struct pmap_test *test, uint64_t key, uint64_t value);
};
pmap pmap_filter(struct arena *arena, pmap map, struct pmap_test *test, pmap *rest);

/* The map with other values for its keys. */
struct pmap_change {
    uint64_t (*changed)(struct pmap_change *change, uint64_t key, uint64_t value);
};
pmap pmap_with_values(struct arena *arena, pmap map, struct pmap_change *change);

/* The entries of both; those of `over` where both have the key. */
pmap pmap_unite(struct arena *arena, pmap map, pmap over);

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
