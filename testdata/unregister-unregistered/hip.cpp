#include <hip/hip_runtime.h>

static char area[4096];

bool hip_twice()
{
    if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) != hipSuccess)
        return false;
    if (hipHostUnregister(area) != hipSuccess)
        return false;
    return hipHostUnregister(area) == hipSuccess; // expect: unregister-unregistered
}

bool hip_pinned()
{
    void *block = nullptr;

    if (hipHostMalloc(&block, 4096, hipHostMallocDefault) != hipSuccess)
        return false;
    bool good = hipHostUnregister(block) == hipSuccess; // expect: unregister-unregistered
    return hipHostFree(block) == hipSuccess && good;
}

bool hip_once()
{
    if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) != hipSuccess)
        return false;
    return hipHostUnregister(area) == hipSuccess;
}
