/* What program.c needs of CUDA, from fake_cuda.c. */
#ifndef CUHOSTLINT_TESTDATA_FAKE_CUDA_RUNTIME_H
#define CUHOSTLINT_TESTDATA_FAKE_CUDA_RUNTIME_H

#include <stddef.h>

typedef enum cudaError {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorHostMemoryAlreadyRegistered = 712,
    cudaErrorHostMemoryNotRegistered = 713
} cudaError_t;

#define cudaHostRegisterDefault 0
#define cudaHostAllocDefault 0

cudaError_t cudaHostRegister(void *pointer, size_t size, unsigned flags);
cudaError_t cudaHostUnregister(void *pointer);
cudaError_t cudaHostAlloc(void **pointer, size_t size, unsigned flags);
cudaError_t cudaFreeHost(void *pointer);

#endif
