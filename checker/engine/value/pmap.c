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
