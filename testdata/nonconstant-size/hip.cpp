#include <hip/hip_runtime.h>

hipError_t hip_any(void *block, size_t size)
{
    return hipHostRegister(block, size, hipHostRegisterDefault); // expect: nonconstant-size
}

hipError_t hip_some(void *block, size_t size)
{
    if (size == 0)
        return hipSuccess;
    return hipHostRegister(block, size, hipHostRegisterDefault);
}
