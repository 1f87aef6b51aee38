#include "host_memory.h"

#include <cstdio>
#include <cstdlib>

void must(cudaError_t status)
{
    if (status == cudaSuccess)
        return;
    std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
    std::exit(1);
}

void *transfer_alloc(std::size_t size)
{
    void *block = nullptr;

    must(cudaHostAlloc(&block, size, cudaHostAllocPortable));
    return block;
}

void transfer_free(void *block)
{
    must(cudaFreeHost(block)); // expect: mismatched-free
}

void *plain_alloc(std::size_t size)
{
    return std::malloc(size);
}

void plain_free(void *block)
{
    std::free(block); // expect: freed-while-registered
}

cudaError_t pin(void *block, std::size_t size)
{
    return cudaHostRegister(block, size, cudaHostRegisterDefault); // expect: already-pinned, nonconstant-size
}

cudaError_t unpin(void *block)
{
    return cudaHostUnregister(block); // expect: unregister-unregistered
}

std::size_t padded(std::size_t size)
{
    return (size / 64 + 1) * 64;
}
