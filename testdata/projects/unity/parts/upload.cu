#include <cuda_runtime.h>
#include <cstdlib>

static void release(void *block)
{
    free(block); // expect: freed-while-registered
}

int upload_unity(size_t bytes)
{
    void *block = malloc(bytes);
    if (!block || bytes == 0)
        return 1;
    if (cudaHostRegister(block, bytes, 0) != cudaSuccess)
        return 1;
    release(block);
    return 0;
}
