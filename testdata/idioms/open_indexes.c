// Elements of arrays that are written by one name and read by another: slot[i] and slot[0].
#include <cuda_runtime.h>
#include <stdlib.h>

struct slot {
    char *block;
    int is_pinned;
};

int step(void);

int in_some_order(const int *order, size_t bytes)
{
    char *blocks[4] = {0};
    char pinned[4] = {0};
    int result = -1;
    for (int i = 0; i < 4; i++)
        if ((blocks[i] = malloc(bytes)) == NULL)
            goto out;
    for (int i = 0; i < 4; i++) {
        int at = order[i] & 3;
        if (!pinned[at])
            pinned[at] = cudaHostRegister(blocks[at], 4096, 0) == cudaSuccess;
    }
    result = step();
out:
    for (int i = 0; i < 4; i++) {
        if (pinned[i])
            (void)cudaHostUnregister(blocks[i]);
        free(blocks[i]);
    }
    return result;
}

int one_of_them(unsigned at, size_t bytes)
{
    struct slot slots[4] = {{0}};
    at &= 3;
    slots[at].block = malloc(bytes);
    if (slots[at].block == NULL)
        return -1;
    slots[at].is_pinned = cudaHostRegister(slots[at].block, 4096, 0) == cudaSuccess;
    step();
    for (int i = 0; i < 4; i++) {
        if (slots[i].is_pinned)
            (void)cudaHostUnregister(slots[i].block);
        free(slots[i].block);
    }
    return 0;
}

int by_the_same_name(unsigned at, size_t bytes)
{
    struct slot slots[4] = {{0}};
    at &= 3;
    slots[at].block = malloc(bytes);
    if (slots[at].block == NULL)
        return -1;
    if (cudaHostRegister(slots[at].block, 4096, 0) == cudaSuccess)
        slots[at].is_pinned = 1;
    step();
    free(slots[at].block); // expect: freed-while-registered
    return 0;
}

int nothing_there(unsigned at)
{
    struct slot slots[4] = {{0}};
    slots[1].is_pinned = 1;
    return cudaHostRegister(slots[at & 3].block, 4096, 0) == cudaSuccess; // expect: not-host-memory
}
