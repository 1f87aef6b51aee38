/* A table that comes from elsewhere is asked for a pointer, entry by entry: whoever filled it put
 * the pointer there once, or as often as it was registered. */
#include <cuda_runtime_api.h>
#include <stddef.h>
#include <stdlib.h>

struct slot {
    void *base;
    size_t size;
};

struct cache {
    struct slot slots[8];
};

static void *bases[8];
static size_t count;

/* Right. */
void forgets_in_a_table(struct cache *cache, void *block)
{
    for (int i = 0; i < 8; i++)
        if (cache->slots[i].base == block) {
            (void)cudaHostUnregister(block);
            cache->slots[i].base = NULL;
        }
}

/* Right: the last one comes in its place. */
void forgets_in_a_global(void *block)
{
    for (size_t i = 0; i < count; i++)
        if (bases[i] == block) {
            (void)cudaHostUnregister(block);
            bases[i] = bases[--count];
        }
}

int remembers(void *block)
{
    if (count == 8 || cudaHostRegister(block, 4096, 0) != cudaSuccess)
        return -1;
    bases[count++] = block;
    return 0;
}

/* Right: other entries are somebody else's. */
void leaves_others(struct cache *cache, void *block)
{
    for (int i = 0; i < 8; i++) {
        if (cache->slots[i].base != block)
            continue;
        (void)cudaHostUnregister(block);
        cache->slots[i].size = 0;
    }
}

void forgets_twice(struct cache *cache, void *block)
{
    for (int i = 0; i < 8; i++)
        if (cache->slots[i].base == block) {
            (void)cudaHostUnregister(block);
            (void)cudaHostUnregister(block); /* expect: unregister-unregistered */
            cache->slots[i].base = NULL;
        }
}

void asks_for_others(struct cache *cache, void *block)
{
    (void)cudaHostUnregister(block);
    for (int i = 0; i < 8; i++)
        if (cache->slots[i].base != block) {
            (void)cudaHostUnregister(block); /* expect: unregister-unregistered */
            return;
        }
}

static void *others[8];
static size_t other_count;

/* Nothing here asks that table before it unregisters. */
int remembers_for_good(void *block)
{
    if (other_count == 8 || cudaHostRegister(block, 4096, 0) != cudaSuccess) /* expect: register-leak */
        return -1;
    others[other_count++] = block;
    return 0;
}

static void *kept;

/* Nothing here undoes what a caller keeps no name of. */
int keeps_its_own(void)
{
    void *block = malloc(4096);

    if (block == NULL)
        return -1;
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess) { /* expect: register-leak */
        free(block);
        return -1;
    }
    kept = block;
    return 0;
}
