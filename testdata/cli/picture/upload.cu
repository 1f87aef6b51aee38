#include <cuda_runtime.h>
#include <vector>

constexpr size_t count = 1 << 20;
constexpr size_t bytes = count * sizeof(float);

bool pin_again(float **block)
{
    if (cudaMallocHost(block, bytes) != cudaSuccess)
        return false;
    return cudaHostRegister(*block, bytes, cudaHostRegisterPortable) == cudaSuccess;
}

bool grow(std::vector<float> &samples, float next)
{
    samples.resize(count);
    if (cudaHostRegister(samples.data(), bytes, cudaHostRegisterDefault) != cudaSuccess)
        return false;
    samples.push_back(next);
    return cudaHostUnregister(samples.data()) == cudaSuccess;
}
