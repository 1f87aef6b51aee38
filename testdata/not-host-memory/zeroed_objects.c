// An object is zeroed, members are set, then code out of sight runs: what it left in them is not
// known, and is not the zeros from before.
#include <cuda_runtime.h>

#include <stdlib.h>
#include <string.h>

#define SIZE 64

struct ring {
    struct {
        char *base;
    } memory;
    char *base;
    size_t size;
};

void run(void);

static void pin(void *base) // its callers' pointers
{
    if (cudaHostRegister(base, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        abort();
}

void zeroed(struct ring *ring)
{
    memset(ring, 0, sizeof *ring);
    ring->base = malloc(SIZE);
    if (ring->base == NULL)
        return;
    run();
    pin(ring->base);
}

void zeroed_part(struct ring *ring)
{
    memset(&ring->memory, 0, sizeof ring->memory);
    ring->memory.base = malloc(SIZE);
    if (ring->memory.base == NULL)
        return;
    run();
    pin(ring->memory.base);
}

void allocated_as_zeros(struct ring **where)
{
    struct ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL)
        return;
    *where = ring;
    ring->base = malloc(SIZE);
    if (ring->base == NULL)
        return;
    run();
    pin(ring->base);
}

void zeroed_again(struct ring *ring)
{
    ring->memory.base = malloc(SIZE);
    run();
    memset(ring, 0, sizeof *ring);
    if (cudaHostRegister(ring->memory.base, SIZE, cudaHostRegisterDefault) != cudaSuccess) // expect: not-host-memory
        abort();
}

void nobody_else_has_it(void)
{
    struct ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL)
        return;
    run();
    if (cudaHostRegister(ring->base, SIZE, cudaHostRegisterDefault) != cudaSuccess) // expect: not-host-memory
        abort();
    free(ring);
}
