#include <hip/hip_runtime.h>

static char area[4096];

void hip_unknown_bit()
{
    if (hipHostRegister(area, sizeof area, 0x10) == hipSuccess) // expect: invalid-flags
        (void)hipHostUnregister(area);
}

void hip_allocation_flag()
{
    if (hipHostRegister(area, sizeof area, hipHostMallocPortable) == hipSuccess) // expect: invalid-flags
        (void)hipHostUnregister(area);
}

// Right: "the two Defaults (0): silent"
void hip_default()
{
    if (hipHostRegister(area, sizeof area, hipHostMallocDefault) == hipSuccess)
        (void)hipHostUnregister(area);
}

// Right: HIP's allocator has flags of its own.
void hip_coherent()
{
    void *block = nullptr;

    if (hipHostMalloc(&block, 4096, hipHostMallocCoherent) == hipSuccess)
        (void)hipHostFree(block);
    if (hipHostMalloc(&block, 4096, hipHostMallocNumaUser | hipHostMallocMapped) == hipSuccess)
        (void)hipHostFree(block);
}
