// An allocator that fails stores NULL: a program that asks for it knows.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstring>

static void *kept[2];

bool all_at_once(size_t n)
{
    void *in = 0, *out = 0, *device = 0;

    cudaMallocHost(&in, n);
    cudaMallocHost(&out, n);
    cudaMalloc(&device, n);
    if (!in || !out || !device) {
        fprintf(stderr, "cannot allocate\n");
        return false;
    }
    kept[0] = in;
    kept[1] = out;
    return cudaFree(device) == cudaSuccess;
}

static char *wrapped(size_t n)
{
    char *p;

    cudaHostAlloc((void **)&p, n, cudaHostAllocMapped);
    return p;
}

bool by_the_caller(size_t n)
{
    char *p = wrapped(n);

    if (p != nullptr)
        memset(p, 0, n);
    else
        return false;
    kept[0] = p;
    return true;
}

// that there is something to free is no question about the allocation
void only_to_free(size_t n)
{
    char *p = nullptr;

    cudaMallocHost(&p, n); // expect: unchecked-call
    memset(p, 0, n);
    if (p)
        cudaFreeHost(p); // expect: unchecked-call
}

int only_to_free_before_more(size_t n)
{
    char *p = nullptr;

    cudaMallocHost(&p, n); // expect: unchecked-call
    memset(p, 0, n);
    if (p != nullptr)
        (void)cudaFreeHost(p);
    return n > 4096 ? puts("large") : puts("small");
}
