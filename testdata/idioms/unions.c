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

/* What the word says of bits that were set beside it is what was done, in words of its own. */
union number {
    uint64_t word;
    struct {
        uint32_t low, high;
    } half;
    uint8_t bytes[8];
};

int asked_by_the_word(size_t n, int pins)
{
    struct described d;
    d.word = 0;
    d.block = malloc(8192 + n);
    if (!d.block)
        return -1;
    if (pins && cudaHostRegister(d.block, 8192 + n, cudaHostRegisterDefault) == cudaSuccess)
        d.is_pinned = 1;
    if (d.word & 8)
        (void)cudaHostUnregister(d.block);
    free(d.block);
    return 0;
}

int asked_by_halves(size_t n, int pins)
{
    union number flags;
    flags.word = 0;
    void *p = malloc(8192 + n);
    if (!p)
        return -1;
    if (pins && cudaHostRegister(p, 8192 + n, cudaHostRegisterDefault) == cudaSuccess)
        flags.word |= (uint64_t)1 << 32;
    if (flags.half.high)
        (void)cudaHostUnregister(p);
    free(p);
    return 0;
}

int asked_by_bytes(size_t n, int pins)
{
    union number flags;
    flags.word = 0;
    void *p = malloc(8192 + n);
    if (!p)
        return -1;
    if (pins && cudaHostRegister(p, 8192 + n, cudaHostRegisterDefault) == cudaSuccess)
        flags.bytes[3] = 0x80;
    if (flags.half.low >> 31)
        (void)cudaHostUnregister(p);
    free(p);
    return 0;
}

int asked_of_another(size_t n, const union number *flags)
{
    union number own;
    own.word = 0;
    void *p = malloc(8192 + n);
    if (!p)
        return -1;
    if (flags->half.low && cudaHostRegister(p, 8192 + n, cudaHostRegisterDefault) == cudaSuccess)
        own.bytes[3] = 0x80;
    if (flags->half.high)
        (void)cudaHostUnregister(p);
    free(p); // expect: freed-while-registered
    return 0;
}
