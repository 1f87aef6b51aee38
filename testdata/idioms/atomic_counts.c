/* Counters and bits that are atomic decide as others do. */
#include <cuda_runtime_api.h>
#include <stdatomic.h>
#include <stdlib.h>

void bits(void)
{
    atomic_uint state = 0;
    void *block = malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        atomic_fetch_or(&state, 4);
    if (atomic_load(&state) & 4)
        (void)cudaHostUnregister(block);
    free(block);
}

void counted(void)
{
    int users = 0;
    void *block = malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        __sync_fetch_and_add(&users, 1);
    if (users && __sync_sub_and_fetch(&users, 1) == 0)
        (void)cudaHostUnregister(block);
    free(block);
}

void counted_twice(void)
{
    atomic_int users = 1;
    void *block = malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        atomic_fetch_add(&users, 1);
    if (atomic_fetch_sub(&users, 1) == 1)
        (void)cudaHostUnregister(block); /* expect: unregister-unregistered */
    free(block); /* expect: freed-while-registered */
}
