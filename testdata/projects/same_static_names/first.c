/* This file's `release` unregisters; the other file's does not. */
#include "common.h"

#include <cuda_runtime_api.h>

#include <stdlib.h>

static void *acquire(void)
{
    void *block = malloc(4096);

    if (block != NULL && cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return NULL;
    }
    return block;
}

static void release(void *block)
{
    (void)cudaHostUnregister(block);
    free(block);
}

/* Right. */
int use_first(void)
{
    void *block = acquire();

    if (block == NULL)
        return -1;
    release(block);
    return 0;
}
