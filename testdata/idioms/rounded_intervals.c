/* Whole pages are registered, [begin, end) rounded outwards: how such an interval lies to the block,
 * and to one of a part of the block, the numbers say. */
#include <cuda_runtime_api.h>
#include <stdint.h>
#include <stdlib.h>

#define BYTES ((size_t)1 << 20)

struct interval {
    uintptr_t begin, end;
};

static struct interval pages_of(const void *at, size_t size)
{
    const uintptr_t page = 4096;
    return (struct interval){(uintptr_t)at & ~(page - 1),
                             ((uintptr_t)at + size + page - 1) & ~(page - 1)};
}

static char *registered_block(void)
{
    char *block = malloc(BYTES);
    if (block && cudaHostRegister(block, BYTES, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return NULL;
    }
    return block;
}

void part_within_whole(void)
{
    char *block = registered_block();
    if (!block)
        return;
    struct interval whole = pages_of(block, BYTES), part = pages_of(block + 4096, 8192);
    if (whole.begin <= part.begin && part.end <= whole.end)
        (void)cudaHostUnregister(block);
    free(block);
}

void address_within_whole(void)
{
    char *block = registered_block();
    if (!block)
        return;
    struct interval whole = pages_of(block, BYTES);
    char *inside = block + 12288;
    if (whole.begin <= (uintptr_t)inside && (uintptr_t)inside < whole.end)
        (void)cudaHostUnregister(block);
    free(block);
}

void before_each_other(void)
{
    char *block = registered_block();
    if (!block)
        return;
    struct interval first = pages_of(block, 4096), third = pages_of(block + 8192, 4096);
    if (third.end <= first.begin)
        return;
    if (first.begin < third.end)
        (void)cudaHostUnregister(block);
    free(block);
}

/* The pages of neighbours may overlap. */
void beside_each_other(void)
{
    char *block = registered_block();
    if (!block)
        return;
    struct interval first = pages_of(block, 4096), second = pages_of(block + 4096, 4096);
    if (first.end <= second.begin)
        (void)cudaHostUnregister(block);
    free(block); /* expect: freed-while-registered */
}

void never_within(void)
{
    char *block = registered_block();
    if (!block)
        return;
    struct interval whole = pages_of(block, BYTES), part = pages_of(block + 4096, 8192);
    if (part.begin <= whole.begin && whole.end <= part.end)
        (void)cudaHostUnregister(block);
    free(block); /* expect: freed-while-registered */
}
