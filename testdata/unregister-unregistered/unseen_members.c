/* The same words lead from the same variable to the same member, whatever its class is. */
#include "missing/results.h"

#include <cuda_runtime.h>

void forget(void *block);

int unpin(block_result *result)
{
    if (cudaHostUnregister(result->data.block) != cudaSuccess)
        return -1;
    cudaError_t again =
        cudaHostUnregister(result->data.block); /* expect: unregister-unregistered */
    return again == cudaSuccess;
}

int unpin_both(block_result *result)
{
    if (cudaHostUnregister(result->data.block) != cudaSuccess)
        return -1;
    return cudaHostUnregister(result->data.other) == cudaSuccess;
}

int unpin_next(block_result *result, block_result *next)
{
    if (cudaHostUnregister(result->data.block) != cudaSuccess)
        return -1;
    result = next;
    return cudaHostUnregister(result->data.block) == cudaSuccess;
}
