// What memory is, asked of the runtime, where it is known to be pinned: the answer is known, too.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>

enum class where { pageable, pinned, unknown };

static where where_is(const void *p)
{
    cudaPointerAttributes a{};
    if (cudaPointerGetAttributes(&a, p) != cudaSuccess) {
        (void)cudaGetLastError();
        return where::pageable; // before CUDA 11
    }
    if (a.type == cudaMemoryTypeUnregistered || !a.devicePointer)
        return where::pageable;
    return a.type == cudaMemoryTypeHost ? where::pinned : where::unknown;
}

// Only what is pageable is registered.
static bool pin(void *p, std::size_t n)
{
    return where_is(p) == where::pageable &&
           cudaHostRegister(p, n, cudaHostRegisterPortable) == cudaSuccess;
}

static void release(void *p)
{
    if (where_is(p) == where::pinned)
        (void)cudaFreeHost(p);
    else
        std::free(p);
}

int both()
{
    void *pinned = nullptr;
    if (cudaMallocHost(&pinned, 8192) != cudaSuccess)
        return -1;
    void *plain = std::malloc(8192);
    if (!plain) {
        release(pinned);
        return -1;
    }
    const bool is_mine = pin(pinned, 8192), is_other = pin(plain, 8192);
    if (is_mine)
        (void)cudaHostUnregister(pinned);
    if (is_other)
        (void)cudaHostUnregister(plain);
    release(pinned);
    std::free(plain);
    return 0;
}

// What others may have had meanwhile is the answer's to say.
void replace(void **slot);

int shown()
{
    void *p = nullptr;
    if (cudaMallocHost(&p, 8192) != cudaSuccess)
        return -1;
    replace(&p);
    if (where_is(p) == where::pageable && cudaHostRegister(p, 8192, 0) == cudaSuccess)
        (void)cudaHostUnregister(p);
    release(p);
    return 0;
}
