// A program that asks for the status of a mistake has meant it: the first registration is still
// there, and what becomes of it is told. A kernel changes numbers in what it is given, and what the
// driver's own calls say is not what cudaGetLastError tells.
#include <cstdlib>
#include <cuda.h>
#include <cuda_runtime.h>

static bool is(CUresult status, CUresult expected)
{
    return status == expected;
}

__global__ void count(unsigned char *value)
{
    ++*value;
}

int registered_twice()
{
    void *block = malloc(4096);
    if (!block || !is(cuMemHostRegister(block, 4096, 0), CUDA_SUCCESS))
        return 1;
    if (!is(cuMemHostRegister(block, 4096, 0), CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED))
        abort();
    if (cudaGetLastError() != cudaSuccess)
        abort();
    free(block); // expect: freed-while-registered
    return 0;
}

int registered_by_somebody(void *block)
{
    if (!is(cuMemHostRegister(block, 4096, 0), CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED))
        abort();
    free(block);
    return 0;
}

int counted()
{
    unsigned char *block = static_cast<unsigned char *>(malloc(4096));
    if (!block || cudaHostRegister(block, 4096, cudaHostRegisterMapped) != cudaSuccess)
        return 1;
    block[0] = 41;
    count<<<1, 1>>>(block);
    if (cudaDeviceSynchronize() != cudaSuccess || block[0] != 42)
        abort();
    free(block); // expect: freed-while-registered
    return 0;
}
