// What the compiler computes leaves memory alone, statics included.
#include <cuda_runtime.h>

#include <stdlib.h>

static void *staging;
static int is_pinned;

int stages(unsigned long size)
{
    staging = malloc(4096);
    if (!staging)
        return 1;
    if (cudaHostRegister(staging, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        free(staging);
        staging = NULL;
        return 1;
    }
    is_pinned = 1;
    int bits = __builtin_ctzl(size) + __builtin_clzl(size);
    if (is_pinned)
        free(staging); // expect: freed-while-registered
    staging = NULL;
    return bits;
}

struct shared {
    void *data;
    int users;
};

static int take(struct shared *shared)
{
    if (__atomic_fetch_add(&shared->users, 1, __ATOMIC_ACQ_REL) > 0)
        return 0;
    return cudaHostRegister(shared->data, 4096, cudaHostRegisterDefault) != cudaSuccess;
}

static void give(struct shared *shared)
{
    if (__sync_sub_and_fetch(&shared->users, 1) == 0 &&
        cudaHostUnregister(shared->data) != cudaSuccess)
        abort();
}

int counts(void)
{
    struct shared shared = {malloc(4096), 0};
    if (!shared.data || take(&shared) || take(&shared))
        return 1;
    give(&shared);
    give(&shared);
    free(shared.data);
    return 0;
}
