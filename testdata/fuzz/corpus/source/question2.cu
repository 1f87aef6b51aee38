// Memory that cudaMallocHost page-locked already cannot be registered again.
#include <cuda_runtime.h>

#include <cstdio>

int main()
{
    float *samples = nullptr;
    const size_t bytes = 1000 * sizeof(float);

    cudaError_t status = cudaMallocHost(&samples, bytes);
    std::printf("allocate: %s\n", cudaGetErrorString(status));
    if (status != cudaSuccess)
        return 1;
    status = cudaHostRegister(samples, bytes, cudaHostRegisterPortable); // expect: already-pinned
    std::printf("register: %s\n", cudaGetErrorString(status));
    status = cudaFreeHost(samples);
    std::printf("free: %s\n", cudaGetErrorString(status));
    return status == cudaSuccess ? 0 : 1;
}
