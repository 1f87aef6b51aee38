#include <hip/hip_runtime.h>

#include <cstdlib>

void hip_freed()
{
    void *block = nullptr;

    if (hipHostMalloc(&block, 4096, hipHostMallocDefault) != hipSuccess)
        return;
    std::free(block); // expect: mismatched-free
}

void hip_heap()
{
    void *block = std::malloc(4096);

    if (block != nullptr)
        (void)hipHostFree(block); // expect: mismatched-free
}

void hip_as_device_memory()
{
    void *block = nullptr;

    if (hipHostMalloc(&block, 4096, hipHostMallocDefault) != hipSuccess)
        return;
    (void)hipFree(block); // expect: mismatched-free
}

void hip_either_name()
{
    void *block = nullptr;

    if (hipMallocHost(&block, 4096) != hipSuccess)
        return;
    (void)hipHostFree(block);
}
