// A source for one maker's GPU, all of it under the switch that HIP's header asks for.
#ifdef __HIP_PLATFORM_AMD__
#include <cstdlib>
#include <hip/hip_runtime.h>

void wrong()
{
    void *block = std::malloc(4096);

    if (block == nullptr || hipHostRegister(block, 4096, 0) != hipSuccess)
        return;
    std::free(block); // expect: freed-while-registered
}

void right()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (hipHostRegister(block, 4096, 0) == hipSuccess)
        (void)hipHostUnregister(block);
    std::free(block);
}
#endif
