// The address of a status goes to code out of sight, which may look at it, log it, or translate it:
// what a path that asks it afterwards finds registered is not known.
#include <cstdlib>
#include <cuda_runtime.h>
#include <stdexcept>

void note(cudaError_t *status);

int asked_afterwards(void *block)
{
    cudaError_t status = cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    note(&status);
    if (status != cudaSuccess)
        return -1;
    status = cudaHostUnregister(block);
    note(&status);
    return status == cudaSuccess ? 0 : -1;
}

bool second_try(void *block)
{
    cudaError_t status = cudaHostRegister(block, 4096, cudaHostRegisterReadOnly);
    note(&status);
    if (status == cudaErrorNotSupported)
        status = cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    return status == cudaSuccess;
}

static void check(cudaError_t status)
{
    note(&status);
    if (status != cudaSuccess)
        throw std::runtime_error("status");
}

void freed_by_the_handler()
{
    bool registered = false;
    void *block = std::malloc(4096);
    if (block == nullptr)
        return;
    try {
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
        registered = true;
        check(cudaHostUnregister(block));
        registered = false;
    } catch (const std::exception &) {
        if (registered)
            (void)cudaHostUnregister(block);
    }
    std::free(block);
}

// ---- wrong all the same ----

void never_asked(void *block)
{
    cudaError_t status;
    note(&status);
    status = cudaHostRegister(block, 4096, cudaHostRegisterDefault); // expect: unchecked-call
    status = cudaHostUnregister(block);
    note(&status);
}

void asked_before(void)
{
    void *block = std::malloc(4096);
    if (block == nullptr)
        return;
    cudaError_t status = cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    if (status == cudaSuccess)
        note(&status);
    std::free(block); // expect: freed-while-registered
}
