/* What the projects of these tests need of the CUDA Toolkit, to be compiled by any compiler. */
#ifndef CUHOSTLINT_TESTDATA_CUDA_RUNTIME_H
#define CUHOSTLINT_TESTDATA_CUDA_RUNTIME_H

#include <stddef.h>

typedef enum cudaError { cudaSuccess } cudaError_t;
enum { cudaHostRegisterDefault };

static inline cudaError_t cudaMallocHost(void **block, size_t size)
{
    (void)block, (void)size;
    return cudaSuccess;
}
static inline cudaError_t cudaFreeHost(void *block)
{
    (void)block;
    return cudaSuccess;
}
static inline cudaError_t cudaHostRegister(void *block, size_t size, unsigned flags)
{
    (void)block, (void)size, (void)flags;
    return cudaSuccess;
}
static inline cudaError_t cudaHostUnregister(void *block)
{
    (void)block;
    return cudaSuccess;
}

#endif
