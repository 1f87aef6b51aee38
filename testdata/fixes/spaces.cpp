// A check in a namespace is known in that namespace.
#include <cuda_runtime.h>

#include <cstdlib>

static char area[4096];

namespace gpu {
static void verify(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void inside()
{
    verify(cudaHostRegister(area, sizeof area, 0));
    cudaHostUnregister(area); // expect: unchecked-call
}
} // namespace gpu

void outside()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaHostUnregister(area);               // expect: unchecked-call
}
