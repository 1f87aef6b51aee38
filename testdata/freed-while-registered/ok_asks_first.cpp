/* The runtime is asked what is registered, and its answer decides. */
#include <cuda_runtime.h>
#include <cstdlib>

void unregister_if_registered(size_t size, bool pin)
{
    void *block = malloc(size + 1);
    if (!block)
        return;
    if (pin && cudaHostRegister(block, size + 1, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    cudaPointerAttributes attributes;
    if (cudaPointerGetAttributes(&attributes, block) == cudaSuccess &&
        attributes.type == cudaMemoryTypeHost)
        (void)cudaHostUnregister(block);
    free(block);
}
