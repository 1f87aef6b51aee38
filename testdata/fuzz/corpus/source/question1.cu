// Ordinary memory, page-locked in place. The popular answer says that this cannot work; it does.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

int main()
{
    const size_t bytes = 1000 * sizeof(float);
    float *samples = static_cast<float *>(std::malloc(bytes));

    if (samples == nullptr)
        return 1;
    cudaError_t status = cudaHostRegister(samples, bytes, cudaHostRegisterDefault);
    std::printf("register: %s\n", cudaGetErrorString(status));
    if (status != cudaSuccess) {
        std::free(samples);
        return 1;
    }
    for (int i = 0; i < 1000; i++)
        samples[i] = static_cast<float>(i);
    cudaHostUnregister(samples); // expect: unchecked-call
    std::free(samples);
    return 0;
}
