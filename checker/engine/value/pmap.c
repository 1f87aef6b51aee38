#include "engine/value/pmap.h"

#include "support/map.h"

struct pmap_node {
    uint64_t key, value, hash;
    const struct pmap_node *left, *right;
};

uint64_t pmap_hash(pmap map)
{
    return map ? map->hash : 0;
}

static pmap node(struct arena *arena, uint64_t key, uint64_t value, pmap left, pmap right)
{
    struct pmap_node *made = arena_new_object(arena, struct pmap_node);
    made->key = key;
    made->value = value;
    made->left = left;
    made->right = right;
    made->hash = hash_pair(key, value) ^ pmap_hash(left) ^ pmap_hash(right);
    return made;
}

/* The same entry above other trees: its own hash is what is left of the old one's. */
static pmap with_children(struct arena *arena, pmap map, pmap left, pmap right)
{
    struct pmap_node *made = arena_copy(arena, map, sizeof *map);
    made->left = left;
    made->right = right;
    made->hash ^= pmap_hash(map->left) ^ pmap_hash(map->right) ^ pmap_hash(left) ^ pmap_hash(right);
    return made;
}

/* hash_u64 is a bijection: different keys have different priorities. */
static uint64_t priority(uint64_t key)
{
    return hash_u64(key ^ 0x5bd1e995U);
}

bool pmap_get(pmap map, uint64_t key, uint64_t *value)
{
    while (map && map->key != key)
        map = key < map->key ? map->left : map->right;
    if (map && value)
        *value = map->value;
    return map != NULL;
}

/* A child that grew a new root may belong above its parent. */
static bool is_above(pmap child, pmap before, pmap parent)
{
    return (!before || child->key != before->key) && priority(child->key) > priority(parent->key);
}

pmap pmap_set(struct arena *arena, pmap map, uint64_t key, uint64_t value)
{
    if (!map)
        return node(arena, key, value, NULL, NULL);
    if (key == map->key)
        return value == map->value ? map : node(arena, key, value, map->left, map->right);
    if (key < map->key) {
        pmap left = pmap_set(arena, map->left, key, value);
        if (left == map->left)
            return map;
        if (is_above(left, map->left, map))
            return with_children(arena, left, left->left,
                                 with_children(arena, map, left->right, map->right));
        return with_children(arena, map, left, map->right);
    }
    pmap right = pmap_set(arena, map->right, key, value);
    if (right == map->right)
        return map;
    if (is_above(right, map->right, map))
        return with_children(arena, right, with_children(arena, map, map->left, right->left),
                             right->right);
    return with_children(arena, map, map->left, right);
}

static pmap join(struct arena *arena, pmap left, pmap right)
{
    if (!left || !right)
        return left ? left : right;
    if (priority(left->key) > priority(right->key))
        return with_children(arena, left, left->left, join(arena, left->right, right));
    return with_children(arena, right, join(arena, left, right->left), right->right);
}

pmap pmap_remove(struct arena *arena, pmap map, uint64_t key)
{
    if (!map)
        return NULL;
    if (key == map->key)
        return join(arena, map->left, map->right);
    pmap child = pmap_remove(arena, key < map->key ? map->left : map->right, key);
    if (key < map->key)
        return child == map->left ? map : with_children(arena, map, child, map->right);
    return child == map->right ? map : with_children(arena, map, map->left, child);
}

/* The node above what is left of its trees. */
static pmap above(struct arena *arena, pmap map, pmap left, pmap right)
{
    return left == map->left && right == map->right ? map : with_children(arena, map, left, right);
}

pmap pmap_filter(struct arena *arena, pmap map, struct pmap_test *test, pmap *rest)
{
    pmap left_rest = NULL, right_rest = NULL;
    if (rest)
        *rest = NULL;
    if (!map)
        return NULL;
    pmap left = pmap_filter(arena, map->left, test, rest ? &left_rest : NULL);
    bool stays = test->passes(test, map->key, map->value);
    pmap right = pmap_filter(arena, map->right, test, rest ? &right_rest : NULL);
    if (rest)
        *rest =
            stays ? join(arena, left_rest, right_rest) : above(arena, map, left_rest, right_rest);
    return stays ? above(arena, map, left, right) : join(arena, left, right);
}

pmap pmap_with_values(struct arena *arena, pmap map, struct pmap_change *change)
{
    if (!map)
        return NULL;
    pmap left = pmap_with_values(arena, map->left, change);
    uint64_t value = change->changed(change, map->key, map->value);
    pmap right = pmap_with_values(arena, map->right, change);
    return value == map->value ? above(arena, map, left, right)
                               : node(arena, map->key, value, left, right);
}

/* The entries before the key, and those behind it. */
static void split(struct arena *arena, pmap map, uint64_t key, pmap *before, pmap *behind)
{
    pmap part;
    *before = *behind = NULL;
    if (!map)
        return;
    if (map->key == key) {
        *before = map->left;
        *behind = map->right;
    } else if (map->key < key) {
        split(arena, map->right, key, &part, behind);
        *before = above(arena, map, map->left, part);
    } else {
        split(arena, map->left, key, before, &part);
        *behind = above(arena, map, part, map->right);
    }
}

pmap pmap_unite(struct arena *arena, pmap map, pmap over)
{
    pmap before, behind;
    if (!map || !over)
        return map ? map : over;
    if (priority(over->key) >= priority(map->key)) {
        split(arena, map, over->key, &before, &behind);
        return above(arena, over, pmap_unite(arena, before, over->left),
                     pmap_unite(arena, behind, over->right));
    }
    uint64_t value = map->value;
    pmap_get(over, map->key, &value);
    split(arena, over, map->key, &before, &behind);
    before = pmap_unite(arena, map->left, before);
    behind = pmap_unite(arena, map->right, behind);
    return value == map->value ? above(arena, map, before, behind)
                               : node(arena, map->key, value, before, behind);
}

bool pmap_next(struct pmap_iter *iter, uint64_t *key, uint64_t *value)
{
    const int room = (int)(sizeof iter->stack / sizeof *iter->stack);
    for (pmap map = iter->ahead; map && iter->depth < room; map = map->left)
        iter->stack[iter->depth++] = map;
    if (!iter->depth)
        return false;
    pmap top = iter->stack[--iter->depth];
    *key = top->key;
    *value = top->value;
    iter->ahead = top->right;
    return true;
}
