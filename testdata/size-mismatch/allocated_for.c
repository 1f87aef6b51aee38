/* What the memory was allocated for says how large an element is, where the pointer's type does
 * not. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

static int undo(void *memory)
{
    int failed = cudaHostUnregister(memory) != cudaSuccess;
    free(memory);
    return failed;
}

int by_malloc(size_t count)
{
    void *samples = count ? malloc(count * sizeof(float)) : NULL;
    if (!samples)
        return -1;
    if (cudaHostRegister(samples, count, 0) != cudaSuccess) { /* expect: size-mismatch */
        free(samples);
        return -1;
    }
    return undo(samples);
}

int by_calloc(size_t count)
{
    void *samples = count ? calloc(count, sizeof(double)) : NULL;
    if (!samples)
        return -1;
    if (cudaHostRegister(samples, count, 0) != cudaSuccess) { /* expect: size-mismatch */
        free(samples);
        return -1;
    }
    return undo(samples);
}

int by_variable(size_t count)
{
    size_t bytes = count * sizeof(int);
    void *samples;
    if (!count || posix_memalign(&samples, 4096, bytes))
        return -1;
    if (cudaHostRegister(samples, count, 0) != cudaSuccess) { /* expect: size-mismatch */
        free(samples);
        return -1;
    }
    return undo(samples);
}

/* ---- right ---- */

int in_bytes(size_t count)
{
    void *samples = count ? malloc(count * sizeof(float)) : NULL;
    if (!samples)
        return -1;
    if (cudaHostRegister(samples, sizeof(float) * count, 0) != cudaSuccess) {
        free(samples);
        return -1;
    }
    return undo(samples);
}

/* The first of two halves. */
int a_half(size_t bytes)
{
    void *halves = bytes ? malloc(2 * bytes) : NULL;
    if (!halves)
        return -1;
    if (cudaHostRegister(halves, bytes, 0) != cudaSuccess) {
        free(halves);
        return -1;
    }
    return undo(halves);
}
