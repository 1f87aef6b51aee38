// "a container or smart pointer that frees its block there while registered is
// `freed-while-registered`"
#include <cuda_runtime.h>

#include <memory>
#include <vector>

int main()
{
    std::vector<float> samples(1024);
    auto block = std::make_unique<float[]>(1024);

    if (cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0) != cudaSuccess)
        return 1;
    samples[0] = block[0];
    return 0; // expect: freed-while-registered
}
