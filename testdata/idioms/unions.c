// Members of unions lie in one place.
#include <cuda_runtime.h>
#include <stdint.h>
#include <stdlib.h>

struct described {
    union {
        struct {
            uint32_t kind : 3;
            uint32_t is_pinned : 1;
        };
        uint32_t word;
    };
    void *block;
};

static void close_block(struct described *d)
{
    if (d->is_pinned)
        (void)cudaHostUnregister(d->block);
    if (d->kind == 1)
        free(d->block);
    else if (d->kind == 2)
        (void)cudaFreeHost(d->block);
    d->word = 0;
}

int cleared_by_the_word(int kind)
{
    struct described d;
    d.word = 0;
    if (kind == 2) {
        if (cudaHostAlloc(&d.block, 8192, cudaHostAllocDefault) != cudaSuccess)
            return -1;
        d.kind = 2;
    } else {
        d.block = malloc(8192);
        if (!d.block)
            return -1;
        d.kind = 1;
        if (cudaHostRegister(d.block, 8192, cudaHostRegisterDefault) == cudaSuccess)
            d.is_pinned = 1;
    }
    close_block(&d);
    return 0;
}

int forgotten_by_the_word(void)
{
    struct described d;
    d.word = 0;
    d.block = malloc(8192);
    if (!d.block)
        return -1;
    d.kind = 1;
    if (cudaHostRegister(d.block, 8192, cudaHostRegisterDefault) == cudaSuccess)
        d.is_pinned = 1;
    d.word = 0;
    d.kind = 1;
    if (d.is_pinned)
        (void)cudaHostUnregister(d.block);
    free(d.block); // expect: freed-while-registered
    return 0;
}
