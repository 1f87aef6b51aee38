/* All that is registered; what is wrong about it stands in the other files. */
#include "helpers.h"

#include <cstdlib>
#include <cuda_runtime_api.h>

bool register_trailer(char *at)
{
    std::size_t bytes = settings::trailer(0);
    return cudaHostRegister(at, bytes, 0) == cudaSuccess; // expect: zero-size
}

void *open_upload()
{
    const Settings settings = settings::for_upload();
    void *p = std::malloc(4096);
    if (!p)
        return nullptr;
    if (cudaHostRegister(p, 4096, settings.flags) != cudaSuccess) { // expect: invalid-flags
        std::free(p);
        return nullptr;
    }
    return p;
}

/* The same function decides at both ends. */
void *get(int kind)
{
    void *p = nullptr;
    if (settings::wants_pinned(kind))
        return cudaMallocHost(&p, 64) == cudaSuccess ? p : nullptr;
    return std::malloc(64);
}

void put(int kind, void *p)
{
    if (settings::wants_pinned(kind))
        (void)cudaFreeHost(p);
    else
        std::free(p);
}

void use_both()
{
    for (int kind = 1; kind < 3; kind++) {
        void *p = get(kind);
        if (p)
            put(kind, p);
    }
}

int use_arena()
{
    if (!arena_open(1 << 20))
        return 1;
    if (cudaHostRegister(arena_base, 1 << 20, 0) != cudaSuccess)
        return 1;
    arena_close();
    return 0;
}

int use_store()
{
    Store store(4096);
    if (!store.data() || cudaHostRegister(store.data(), 4096, 0) != cudaSuccess)
        return 1;
    return 0;
}

int drop_store()
{
    Store store(4096);
    Store *base = &store;
    if (!store.data() || cudaHostRegister(store.data(), 4096, 0) != cudaSuccess)
        return 1;
    base->drop();
    return 0;
}

int use_scale()
{
    float *values = static_cast<float *>(std::malloc(512));
    if (!values)
        return 1;
    if (cudaHostRegister(values, 512, 0) != cudaSuccess) {
        std::free(values);
        return 1;
    }
    (void)cudaHostUnregister(values);
    scale(values, 0.5f);
    std::free(values);
    return 0;
}

bool register_by_constants(char *at, int kind)
{
    if (kind == 1)
        return cudaHostRegister(at, trailers[1], 0) == cudaSuccess; // expect: zero-size
    return cudaHostRegister(at, 16, upload_flags) == cudaSuccess;   // expect: invalid-flags
}

int use_heap_ops()
{
    void *p = heap_ops.get(4096);
    if (!p || cudaHostRegister(p, 4096, 0) != cudaSuccess)
        return 1;
    heap_ops.put(p);
    return 0;
}
