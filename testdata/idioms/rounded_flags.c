/* A size that is rounded to pages has low bits to spare: what is kept there is a flag, whatever
 * size a page is of. */
#include <cuda_runtime.h>
#include <stdlib.h>
#include <unistd.h>

int by_mask(size_t n, int pins)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t tagged = (n + page - 1) & ~(page - 1);
    void *p = malloc(tagged);
    if (!p)
        return -1;
    if (pins && n > 0 && cudaHostRegister(p, tagged, 0) == cudaSuccess)
        tagged |= 1;
    if (tagged & 1)
        (void)cudaHostUnregister(p);
    free(p);
    return 0;
}

int by_division(size_t n, size_t page, int pins)
{
    if (page == 0)
        return -1;
    size_t tagged = (n + page - 1) / page * page;
    void *p = malloc(tagged);
    if (!p)
        return -1;
    if (pins && n > 0 && cudaHostRegister(p, tagged, 0) == cudaSuccess)
        tagged |= 1;
    if (tagged & 1)
        (void)cudaHostUnregister(p);
    free(p);
    return 0;
}

int another_bit(size_t n, int pins)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t tagged = (n + page - 1) & ~(page - 1);
    void *p = malloc(tagged);
    if (!p)
        return -1;
    if (pins && n > 0 && cudaHostRegister(p, tagged, 0) == cudaSuccess)
        tagged |= 2;
    if (tagged & 1)
        (void)cudaHostUnregister(p);
    free(p); /* expect: freed-while-registered */
    return 0;
}

int of_a_number(size_t n, int pins)
{
    size_t tagged = 8192 + n;
    void *p = malloc(tagged);
    if (!p)
        return -1;
    if (pins && cudaHostRegister(p, tagged, 0) == cudaSuccess)
        tagged |= 1;
    if (tagged & 1)
        (void)cudaHostUnregister(p); /* expect: unregister-unregistered */
    free(p);
    return 0;
}
