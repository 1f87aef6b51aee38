// What memory is, asked of the runtime, where it is known to be pinned: it is pinned still.
#include <cstdlib>
#include <cuda_runtime.h>

int register_after_probe()
{
    void *p = nullptr;
    if (cudaMallocHost(&p, 8192) != cudaSuccess)
        return -1;
    cudaPointerAttributes a{};
    if (cudaPointerGetAttributes(&a, p) == cudaSuccess && a.type == cudaMemoryTypeHost &&
        cudaHostRegister(p, 8192, 0) != cudaSuccess) // expect: already-pinned
        return -2;
    (void)cudaFreeHost(p);
    return 0;
}

int free_after_probe()
{
    void *p = nullptr;
    if (cudaMallocHost(&p, 8192) != cudaSuccess)
        return -1;
    cudaPointerAttributes a{};
    if (cudaPointerGetAttributes(&a, p) != cudaSuccess)
        return -1;
    if (a.type == cudaMemoryTypeHost)
        std::free(p); // expect: mismatched-free
    return 0;
}
