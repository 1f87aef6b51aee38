#include "memory.h"

#include <cuda_runtime_api.h>
#include <stdlib.h>

static int get_pinned(size_t bytes, void **p)
{
    return cudaMallocHost(p, bytes) == cudaSuccess ? 0 : -1;
}

static int put_pinned(void *p)
{
    return cudaFreeHost(p) == cudaSuccess ? 0 : -1;
}

static int get_plain(size_t bytes, void **p)
{
    *p = malloc(bytes);
    return *p ? 0 : -1;
}

static int put_plain(void *p)
{
    free(p);
    return 0;
}

static int pin(void *p, size_t bytes)
{
    return cudaHostRegister(p, bytes, 0) == cudaSuccess ? 0 : -1; // expect: already-pinned, nonconstant-size
}

static int unpin(void *p)
{
    return cudaHostUnregister(p) == cudaSuccess ? 0 : -1;
}

const struct memory_ops pinned_memory = {
    .name = "pinned",
    .get = get_pinned,
    .put = put_pinned,
    .pin = pin,
    .unpin = unpin,
};
const struct memory_ops plain_memory = {"plain", get_plain, put_plain, pin, unpin};
