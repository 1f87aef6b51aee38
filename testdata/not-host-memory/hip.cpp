#include <hip/hip_runtime.h>

#include <cstdlib>

bool hip_device_memory()
{
    void *device = nullptr;

    if (hipMalloc(&device, 4096) != hipSuccess)
        return false;
    bool good = hipHostRegister(device, 4096, hipHostRegisterDefault) == hipSuccess; // expect: not-host-memory
    return hipFree(device) == hipSuccess && good;
}

bool hip_host_memory()
{
    void *block = std::malloc(4096);

    if (block == nullptr || hipHostRegister(block, 4096, hipHostRegisterDefault) != hipSuccess) {
        std::free(block);
        return false;
    }
    bool good = hipHostUnregister(block) == hipSuccess;
    std::free(block);
    return good;
}
