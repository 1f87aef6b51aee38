/* Numbers that no signed type holds: what an overflow check compares with. */
#include <cuda_runtime.h>
#include <stdint.h>
#include <stdlib.h>

static int pinned(void *data, size_t size)
{
    return cudaHostRegister(data, size, cudaHostRegisterDefault) == cudaSuccess;
}

int divided(size_t count)
{
    if (count == 0 || count > SIZE_MAX / sizeof(double))
        return -1;
    double *data = malloc(count * sizeof *data);
    if (!data)
        return -1;
    int is_pinned = pinned(data, count * sizeof *data);
    free(data); // expect: freed-while-registered
    return is_pinned;
}

int divided_by_another(size_t count, size_t size)
{
    if (count == 0 || size == 0 || size > SIZE_MAX / count)
        return -1;
    char *data = malloc(count * size);
    if (!data)
        return -1;
    int is_pinned = pinned(data, count * size);
    free(data); // expect: freed-while-registered
    return is_pinned;
}

int subtracted(size_t size, size_t header)
{
    if (size == 0 || size > SIZE_MAX - header || size > SIZE_MAX - 64)
        return -1;
    char *data = malloc(size + header);
    if (!data)
        return -1;
    int is_pinned = pinned(data, size);
    free(data); // expect: freed-while-registered
    return is_pinned;
}

int shifted(uint64_t size)
{
    if (size == 0 || size > UINT64_MAX >> 1 || size >= UINT64_MAX)
        return -1;
    char *data = malloc(size);
    if (!data)
        return -1;
    int is_pinned = pinned(data, size);
    free(data); // expect: freed-while-registered
    return is_pinned;
}
