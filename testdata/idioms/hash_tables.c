// A table of chains, by a hash of the address: which chain a block is in is not known.
#include <cuda_runtime.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct region {
    struct region *chain;
    uintptr_t key;
};

struct table {
    struct region *heads[64];
};

static unsigned head_of(uintptr_t key) { return (unsigned)((key >> 12) * 2654435761u) % 64; }

static int enter(struct table *t, void *block, size_t bytes)
{
    const uintptr_t key = (uintptr_t)block;
    for (struct region *r = t->heads[head_of(key)]; r; r = r->chain)
        if (r->key == key)
            return 0;
    struct region *r = calloc(1, sizeof *r);
    if (!r)
        return -1;
    if (cudaHostRegister(block, bytes, cudaHostRegisterPortable) != cudaSuccess) {
        free(r);
        return -1;
    }
    r->key = key;
    r->chain = t->heads[head_of(key)];
    t->heads[head_of(key)] = r;
    return 0;
}

static void drop(struct table *t, struct region *r)
{
    struct region **at = &t->heads[head_of(r->key)];
    while (*at != r)
        at = &(*at)->chain;
    *at = r->chain;
    (void)cudaHostUnregister((void *)r->key);
    free(r);
}

void clear(struct table *t)
{
    for (int i = 0; i < 64; i++)
        while (t->heads[i])
            drop(t, t->heads[i]);
}

int twice_one(void)
{
    struct table t;
    memset(&t, 0, sizeof t);
    char *block = malloc(1 << 20);
    int rc = 1;
    if (block)
        rc = enter(&t, block, 1 << 20) | enter(&t, block, 1 << 20);
    clear(&t);
    free(block);
    return rc;
}

int once_two(void)
{
    struct table t;
    memset(&t, 0, sizeof t);
    char *a = malloc(8192), *b = malloc(8192);
    int rc = 1;
    if (a && b)
        rc = enter(&t, a, 8192) | enter(&t, b, 8192);
    clear(&t);
    free(a);
    free(b);
    return rc;
}

int never_cleared(void)
{
    struct table t;
    memset(&t, 0, sizeof t);
    char *block = malloc(8192);
    int rc = 1;
    if (block)
        rc = enter(&t, block, 8192);
    free(block); // expect: freed-while-registered
    return rc;
}

// Not taken out of its chain.
static void drop_only(struct region *r)
{
    (void)cudaHostUnregister((void *)r->key); // expect: unregister-unregistered
}

void drop_first_two(struct table *t, int i)
{
    if (!t->heads[i])
        return;
    drop_only(t->heads[i]);
    drop_only(t->heads[i]);
}

// A list of chains whose first is taken out by its address, found once more.
struct list {
    struct region *first;
};

void remove_first(struct list *l)
{
    struct region *r = l->first, **at = &l->first;
    while (*at && *at != r)
        at = &(*at)->chain;
    if (*at)
        *at = r->chain;
    (void)cudaHostUnregister((void *)r->key);
    free(r);
}

void remove_first_two(struct list *l)
{
    if (l->first)
        remove_first(l);
    if (l->first)
        remove_first(l);
}
