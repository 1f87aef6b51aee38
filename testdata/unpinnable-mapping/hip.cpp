#include <hip/hip_runtime.h>

#include <sys/mman.h>

bool hip_reserved()
{
    void *region = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return false;
    bool good = hipHostRegister(region, 4096, hipHostRegisterDefault) == hipSuccess; // expect: unpinnable-mapping
    if (good)
        (void)hipHostUnregister(region);
    munmap(region, 4096);
    return good;
}

bool hip_anonymous()
{
    void *region = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return false;
    bool good = hipHostRegister(region, 4096, hipHostRegisterDefault) == hipSuccess;
    if (good)
        (void)hipHostUnregister(region);
    munmap(region, 4096);
    return good;
}
