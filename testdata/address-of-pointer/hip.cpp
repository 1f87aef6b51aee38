#include <hip/hip_runtime.h>

#include <cstdlib>

void hip_address()
{
    float *block = new float[64];

    if (hipHostRegister(&block, 64 * sizeof(float), hipHostRegisterDefault) == hipSuccess) // expect: address-of-pointer
        (void)hipHostUnregister(&block);
    delete[] block;
}

void hip_block()
{
    float *block = new float[64];

    if (hipHostRegister(block, 64 * sizeof(float), hipHostRegisterDefault) == hipSuccess)
        (void)hipHostUnregister(block);
    delete[] block;
}
