// The runtime is asked by trying: what it refuses is freed as what it is.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

static void release(void *p)
{
    if (cudaFreeHost(p) != cudaSuccess)
        free(p);
}

void through_one(size_t n)
{
    void *pinned;
    void *plain = malloc(n);

    if (cudaMallocHost(&pinned, n) == cudaSuccess)
        release(pinned);
    release(plain);
}

void by_status(size_t n)
{
    void *p = malloc(n);
    cudaError_t status = cudaFreeHost(p);

    if (status != cudaSuccess) {
        (void)cudaGetLastError();
        free(p);
    }
}

void unregistered_or_freed(size_t n)
{
    void *p;

    if (cudaMallocHost(&p, n) != cudaSuccess)
        return;
    if (cudaHostUnregister(p) == cudaSuccess)
        free(p);
    else if (cudaFreeHost(p) != cudaSuccess)
        puts("not freed");
}

// what follows a failure must fit
void freed_as_another(size_t n)
{
    char *p = new char[n];

    if (cudaFreeHost(p) != cudaSuccess) // expect: mismatched-free
        (void)cudaFree(p);
}

void only_reported(size_t n)
{
    void *p = malloc(n);

    if (cudaFreeHost(p) != cudaSuccess) // expect: mismatched-free
        puts("not freed");
}

void freed_in_any_case(size_t n)
{
    void *p = malloc(n);

    if (cudaFreeHost(p) != cudaSuccess) // expect: mismatched-free
        puts("not freed");
    free(p);
}
