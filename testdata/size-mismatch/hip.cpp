#include <hip/hip_runtime.h>

void hip_count()
{
    int *block = new int[1024];

    if (hipHostRegister(block, 1024, hipHostRegisterDefault) == hipSuccess) // expect: size-mismatch
        (void)hipHostUnregister(block);
    delete[] block;
}

void hip_bytes()
{
    int *block = new int[1024];

    if (hipHostRegister(block, 1024 * sizeof(int), hipHostRegisterDefault) == hipSuccess)
        (void)hipHostUnregister(block);
    delete[] block;
}
