// Macros that end the program on every failure but one: what they let pass tells of another call,
// and says nothing about a register call.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#define CHECK_BUT(status, let_pass)                                                                \
    do {                                                                                           \
        cudaError_t result_ = (status);                                                            \
        if (result_ != cudaSuccess && result_ != (let_pass)) {                                     \
            std::fprintf(stderr, "%d\n", result_);                                                 \
            std::exit(EXIT_FAILURE);                                                               \
        }                                                                                          \
    } while (0)

void at_exit_too(void *block)
{
    CHECK_BUT(cudaHostRegister(block, 4096, 0), cudaErrorCudartUnloading);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading);
}

void by_the_last_error(void *block)
{
    cudaHostRegister(block, 4096, 0);
    CHECK_BUT(cudaGetLastError(), cudaErrorPeerAccessAlreadyEnabled);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorPeerAccessAlreadyEnabled);
}

void with_the_block()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    CHECK_BUT(cudaHostRegister(block, 4096, 0), cudaErrorCudartUnloading);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading);
    std::free(block);
}

void pinned()
{
    void *block = nullptr;

    CHECK_BUT(cudaMallocHost(&block, 4096), cudaErrorCudartUnloading);
    CHECK_BUT(cudaFreeHost(block), cudaErrorCudartUnloading);
}

// Wrong: the block dies while it is registered, whatever the macro lets pass.
void freed_too_early()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    CHECK_BUT(cudaHostRegister(block, 4096, 0), cudaErrorCudartUnloading);
    std::free(block); // expect: freed-while-registered
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading);
}

// Wrong: what is let pass is how a register call fails.
void goes_on_without(void *block)
{
    CHECK_BUT(cudaHostRegister(block, 4096, 0), cudaErrorMemoryAllocation);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading); // expect: unregister-unregistered
}

// Wrong: twice.
void twice(void *block)
{
    CHECK_BUT(cudaHostRegister(block, 4096, 0), cudaErrorCudartUnloading);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading);
    CHECK_BUT(cudaHostUnregister(block), cudaErrorCudartUnloading); // expect: unregister-unregistered
}
