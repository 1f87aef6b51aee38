// Check macros of every shape, and what each of them does to the paths of its caller. Rights and
// wrongs of several rules.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "../run_case.h"
#include "../unseen.h"

static char area[8192];

// ---- goto on failure
#define CHECK_GOTO(call, result, label)                                                            \
    do {                                                                                           \
        (result) = (call);                                                                         \
        if ((result) != cudaSuccess) {                                                             \
            std::fprintf(stderr, "%s\n", cudaGetErrorString(result));                              \
            goto label;                                                                            \
        }                                                                                          \
    } while (0)

// Right: the label undoes what the flag says.
cudaError_t goto_with_flag(void *device)
{
    cudaError_t result = cudaSuccess;
    char *block = static_cast<char *>(std::malloc(4096));
    bool registered = false;

    if (block == nullptr)
        return cudaErrorMemoryAllocation;
    CHECK_GOTO(cudaHostRegister(block, 4096, cudaHostRegisterDefault), result, done);
    registered = true;
    CHECK_GOTO(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice), result, done);
done:
    if (registered)
        (void)cudaHostUnregister(block);
    std::free(block);
    return result;
}

// The label frees without it.
cudaError_t goto_without_undo(void *device)
{
    cudaError_t result = cudaSuccess;
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return cudaErrorMemoryAllocation;
    CHECK_GOTO(cudaHostRegister(block, 4096, cudaHostRegisterDefault), result, release);
    CHECK_GOTO(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice), result, release);
    CHECK_GOTO(cudaHostUnregister(block), result, release);
release:
    std::free(block); // expect: freed-while-registered
    return result;
}

// ---- return on failure
#define RETURN_IF_FAILED(call)                                                                     \
    if (cudaError_t failed = (call); failed != cudaSuccess)                                        \
    return failed

cudaError_t return_past_the_undo(void *device)
{
    char *block = new char[4096];

    if (cudaError_t failed = cudaHostRegister(block, 4096, 0); failed != cudaSuccess) { // expect: register-leak
        delete[] block;
        return failed;
    }
    RETURN_IF_FAILED(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice));
    RETURN_IF_FAILED(cudaHostUnregister(block));
    delete[] block;
    return cudaSuccess;
}

// Right: memory of the process's whole life.
cudaError_t return_with_nothing_to_undo(void *device)
{
    RETURN_IF_F