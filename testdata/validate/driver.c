/* The driver's calls: their programs call it too. */
#include <cuda.h>

#include <stdlib.h>

void moved(size_t size)
{
    char *block = malloc(size), *larger;

    if (size == 0 || block == NULL)
        return;
    if (cuMemHostRegister(block, size, CU_MEMHOSTREGISTER_PORTABLE) != CUDA_SUCCESS)
        abort();
    larger = realloc(block, 2 * size);
    if (larger != NULL && cuMemHostUnregister(larger) != CUDA_SUCCESS)
        abort();
    free(larger);
}

void dropped(void)
{
    void *block = NULL;

    cuMemAllocHost(&block, 4096);
    if (cuMemFreeHost(block) != CUDA_SUCCESS)
        abort();
}
