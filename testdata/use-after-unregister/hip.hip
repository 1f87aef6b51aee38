#include <hip/hip_runtime.h>

#include <cstdlib>

__global__ void twice(float *values)
{
    values[threadIdx.x] *= 2;
}

void hip_launched_after(float *values)
{
    if (hipHostRegister(values, 4096, hipHostRegisterMapped) != hipSuccess)
        return;
    if (hipHostUnregister(values) != hipSuccess)
        std::abort();
    twice<<<1, 64>>>(values); // expect: use-after-unregister
}

void hip_launched_before(float *values)
{
    if (hipHostRegister(values, 4096, hipHostRegisterMapped) != hipSuccess)
        return;
    twice<<<1, 64>>>(values);
    if (hipDeviceSynchronize() != hipSuccess || hipHostUnregister(values) != hipSuccess)
        std::abort();
}
