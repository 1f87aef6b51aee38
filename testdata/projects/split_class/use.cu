#include "buffer.h"

#include <cuda_runtime.h>

__global__ void clear(char *bytes)
{
    bytes[threadIdx.x] = 0;
}

// Right.
bool right(std::size_t bytes)
{
    transfer::buffer block(bytes);

    if (!block.lock())
        return false;
    clear<<<1, 32>>>(block.data());
    return cudaDeviceSynchronize() == cudaSuccess;
}

// The finding stands in the destructor.
void wrong()
{
    transfer::forgetful block;
}

// Right.
bool crosses(void *block)
{
    transfer::crossing owner;

    if (!owner.open(block))
        return false;
    owner.close();
    return true;
}
