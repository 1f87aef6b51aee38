#include <hip/hip_runtime.h>

static char area[4096];

void hip_discarded()
{
    hipHostRegister(area, sizeof area, hipHostRegisterDefault); // expect: unchecked-call
    hipHostUnregister(area);                                    // expect: unchecked-call
}

void hip_allocations()
{
    void *block = nullptr;

    hipHostMalloc(&block, 4096, hipHostMallocDefault); // expect: unchecked-call
    hipHostFree(block);                                // expect: unchecked-call
    if (hipMallocHost(&block, 4096) == hipSuccess)
        (void)hipFreeHost(block);
}

void hip_last_error()
{
    hipHostRegister(area, sizeof area, hipHostRegisterDefault);
    if (hipGetLastError() != hipSuccess)
        return;
    hipError_t status = hipHostUnregister(area);
    if (status != hipSuccess)
        __builtin_trap();
}
