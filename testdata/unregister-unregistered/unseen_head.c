/* Types of a missing header in a function's head. */
#include "missing/handles.h"

#include <cuda.h>

int unpin(block_handle *handle, void *block)
{
    if (cuMemHostUnregister(block) != CUDA_SUCCESS)
        return -1;
    return cuMemHostUnregister(block) == CUDA_SUCCESS; /* expect: unregister-unregistered */
}

handle_status unpin_all(block_handle *handle, void *block)
{
    if (cuMemHostUnregister(block) != CUDA_SUCCESS)
        return -1;
    return cuMemHostUnregister(block) == CUDA_SUCCESS; /* expect: unregister-unregistered */
}
