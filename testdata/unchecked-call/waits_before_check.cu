// A check macro that waits for the device before it asks for the last error.
#include <cuda_runtime.h>
#include <sstream>
#include <stdexcept>

#define CHECK_LAST()                                                                               \
    {                                                                                              \
        cudaDeviceSynchronize();                                                                   \
        cudaError_t last = cudaGetLastError();                                                     \
        if (last != cudaSuccess) {                                                                 \
            std::stringstream text;                                                                \
            text << "CUDA: " << cudaGetErrorString(last);                                          \
            throw std::runtime_error(text.str());                                                  \
        }                                                                                          \
    }

void *checked(size_t n)
{
    void *p = nullptr;
    cudaMallocHost(&p, n);
    CHECK_LAST();
    return p;
}

void *checked_on_stream(size_t n, cudaStream_t stream)
{
    void *p = nullptr;
    cudaMallocHost(&p, n);
    cudaStreamSynchronize(stream);
    if (cudaGetLastError() != cudaSuccess)
        return nullptr;
    return p;
}

int only_waits(void *p, size_t n)
{
    cudaMallocHost(&p, n); // expect: unchecked-call
    return cudaDeviceSynchronize() == cudaSuccess;
}
