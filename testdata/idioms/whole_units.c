/* (n * unit + unit - 1) / unit is n: how many chunks there are of a size that is a multiple. */
#include <cuda_runtime_api.h>

#include <stdlib.h>

#define CHUNK ((size_t)64 << 20)

static void undo(char *base, size_t chunks)
{
    while (chunks > 0)
        (void)cudaHostUnregister(base + --chunks * CHUNK);
}

static int in_chunks(char *base, size_t bytes)
{
    const size_t total = (bytes + CHUNK - 1) / CHUNK;
    for (size_t i = 0; i < total; i++) {
        const size_t rest = bytes - i * CHUNK;
        const size_t part = rest < CHUNK ? rest : CHUNK;
        if (cudaHostRegister(base + i * CHUNK, part, 0) != cudaSuccess) {
            undo(base, i);
            return -1;
        }
    }
    return 0;
}

/* Right: 16 chunks for each GiB, none of them empty. */
int some_gib(const char *wanted)
{
    const size_t bytes = strtoul(wanted, NULL, 10) << 30;
    char *base = bytes ? malloc(bytes) : NULL;
    if (!base)
        return -1;
    if (in_chunks(base, bytes) == 0)
        undo(base, (bytes + CHUNK - 1) / CHUNK);
    free(base);
    return 0;
}

/* Wrong: the pages that are left when all pages have been taken. */
int last_page(char *base, size_t pages)
{
    const size_t bytes = 4096 * pages;
    const size_t taken = (bytes + 4095) / 4096 * 4096;
    return cudaHostRegister(base + taken, bytes - taken, 0) == cudaSuccess; /* expect: zero-size */
}

/* Wrong: the rounded number of pages is released before it is unregistered. */
int freed_first(size_t pages)
{
    const size_t bytes = (4096 * pages + 4095) / 4096 * 4096;
    char *base = pages ? malloc(bytes) : NULL;
    if (!base || cudaHostRegister(base, bytes, 0) != cudaSuccess) {
        free(base);
        return -1;
    }
    free(base); /* expect: freed-while-registered */
    return cudaHostUnregister(base) == cudaSuccess;
}
