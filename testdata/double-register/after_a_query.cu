// A query answers for the time before it: what is registered behind it is known again.
#include <cuda_runtime.h>

#include <cstdlib>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static bool is_pinned(void *block)
{
    cudaPointerAttributes attributes;

    check(cudaPointerGetAttributes(&attributes, block));
    return attributes.type == cudaMemoryTypeHost;
}

void twice_behind_it(char *block)
{
    if (is_pinned(block))
        return;
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    check(cudaHostRegister(block, 4096, cudaHostRegisterMapped)); // expect: double-register
    check(cudaHostUnregister(block));
}

// Right: asked before each of them.
void asked_each_time(char *block)
{
    if (!is_pinned(block))
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    if (!is_pinned(block))
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
}

// Right: asked for another address of the same block.
void asked_for_its_end(char *block)
{
    check(cudaHostRegister(block, 8192, cudaHostRegisterDefault));
    if (!is_pinned(block + 4096))
        check(cudaHostRegister(block, 8192, cudaHostRegisterDefault));
}
