// Addresses are kept as numbers, and compared with others of the same block.
#include <cuda_runtime.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct range {
    uintptr_t begin, end;
    unsigned users;
};

static struct range ranges[64];
static size_t count;

static int pin(void *block, size_t bytes)
{
    const uintptr_t begin = (uintptr_t)block, end = begin + bytes;
    size_t i = 0;
    while (i < count && ranges[i].end <= begin)
        i++;
    if (i < count && ranges[i].begin <= begin && end <= ranges[i].end) {
        ranges[i].users++;
        return 0;
    }
    if (count == 64 || cudaHostRegister(block, bytes, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    ranges[count++] = (struct range){begin, end, 1};
    return 0;
}

static void clear(void)
{
    for (size_t i = 0; i < count; i++)
        (void)cudaHostUnregister((void *)ranges[i].begin);
    count = 0;
}

int main(void)
{
    char *block = malloc(1 << 20);
    if (!block)
        return 1;
    const int failed = pin(block, 1 << 20) || pin(block + 4096, 4096);
    clear();
    free(block);
    return failed;
}

int beside_the_range(void)
{
    char *block = malloc(1 << 20);
    if (!block)
        return 1;
    const uintptr_t begin = (uintptr_t)block, end = begin + 8192, at = (uintptr_t)(block + 4096);
    int failed = cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess;
    if (!failed) {
        if (at < end)
            failed = cudaHostRegister((void *)at, 4096, 0) != cudaSuccess; // expect: double-register
        (void)cudaHostUnregister((void *)begin);
    }
    free(block);
    return failed;
}

// Which element is where after memmove() is not known.
int shifted(struct range *all, size_t at, size_t behind)
{
    char *block = malloc(8192);
    if (!block)
        return 1;
    if (cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return 1;
    }
    all[at].begin = (uintptr_t)block;
    memmove(&all[1], &all[0], behind * sizeof *all);
    for (size_t i = 0; i < 4; i++)
        (void)cudaHostUnregister((void *)all[i].begin);
    free(block);
    return 0;
}

int not_shifted(struct range *all, size_t at)
{
    char *block = malloc(8192);
    if (!block)
        return 1;
    if (cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return 1;
    }
    all[at].begin = (uintptr_t)block;
    free(block); // expect: freed-while-registered
    return 0;
}
