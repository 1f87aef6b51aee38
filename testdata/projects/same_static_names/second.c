/* This file's `acquire` gives pinned memory, and its `release` frees that; the other file's would
 * not do. */
#include "common.h"

#include <cuda_runtime_api.h>

#include <stdlib.h>

static void *acquire(void)
{
    void *block = NULL;

    return cudaMallocHost(&block, 4096) == cudaSuccess ? block : NULL;
}

static void release(void *block)
{
    (void)cudaFreeHost(block);
}

/* Right. */
int use_second(void)
{
    void *block = acquire();

    if (block == NULL)
        return -1;
    release(block);
    return 0;
}

/* Wrong: the memory is pinned already, which it is not in the other file. */
int register_second(void)
{
    void *block = acquire();
    int good;

    if (block == NULL)
        return -1;
    good = cudaHostRegister(block, 4096, cudaHostRegisterDefault) == cudaSuccess; /* expect: already-pinned */
    release(block);
    return good;
}
