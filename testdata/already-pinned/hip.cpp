// HIP spellings. hip_runtime.h is not there where this is linted without ROCm; the declarations of
// the checker take its place.
#include <hip/hip_runtime.h>

#include <cstdio>
#include <cstdlib>

#define HIP_CHECK(call)                                                                            \
    do {                                                                                           \
        hipError_t hip_status = (call);                                                            \
        if (hip_status != hipSuccess) {                                                            \
            std::fprintf(stderr, "%s: %s\n", #call, hipGetErrorString(hip_status));                \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)

static const size_t bytes = 8192;

void hip_host_malloc()
{
    void *block = nullptr;

    HIP_CHECK(hipHostMalloc(&block, bytes, hipHostMallocDefault));
    HIP_CHECK(hipHostRegister(block, bytes, hipHostRegisterPortable)); // expect: already-pinned
    HIP_CHECK(hipHostFree(block));
}

void hip_malloc_host()
{
    void *block = nullptr;

    HIP_CHECK(hipMallocHost(&block, bytes));
    HIP_CHECK(hipHostRegister(static_cast<char *>(block) + 64, bytes - 64, hipHostRegisterDefault)); // expect: already-pinned
    HIP_CHECK(hipFreeHost(block));
}

void hip_ordinary()
{
    void *block = std::aligned_alloc(4096, bytes);

    if (block == nullptr)
        return;
    HIP_CHECK(hipHostRegister(block, bytes, hipHostRegisterMapped));
    HIP_CHECK(hipHostUnregister(block));
    std::free(block);
}
