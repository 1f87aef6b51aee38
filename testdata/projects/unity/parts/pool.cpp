#include <cuda_runtime.h>

template <class T> int pin_block(T *block) // nothing instantiates it
{
    return cudaHostRegister(block, 0, 0) == cudaSuccess; // expect: zero-size
}

struct pool {
    void *memory;
    int pin();
};

int pool::pin()
{
    if (cudaMallocHost(&memory, 4096) != cudaSuccess)
        return 0;
    return cudaHostRegister(memory, 4096, 0) == cudaSuccess; // expect: already-pinned
}
