#include <hip/hip_runtime.h>

#include <cstdlib>

#define HIP_CHECK(call)                                                                            \
    do {                                                                                           \
        if ((call) != hipSuccess)                                                                  \
            std::abort();                                                                          \
    } while (0)

void hip_wrong_order()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    HIP_CHECK(hipHostRegister(block, 4096, hipHostRegisterDefault));
    std::free(block); // expect: freed-while-registered
    HIP_CHECK(hipHostUnregister(block));
}

void hip_right_order()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    HIP_CHECK(hipHostRegister(block, 4096, hipHostRegisterDefault));
    HIP_CHECK(hipHostUnregister(block));
    std::free(block);
}
