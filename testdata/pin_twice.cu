#include <cuda_runtime.h>

int pin_twice(void)
{
    void *block;

    if (cudaMallocHost(&block, 4096) != cudaSuccess)
        return 1;
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        (void)cudaFreeHost(block);
        return 1;
    }
    (void)cudaHostUnregister(block);
    (void)cudaFreeHost(block);
    return 0;
}
