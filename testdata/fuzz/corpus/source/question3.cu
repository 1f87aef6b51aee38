// The same with Mapped: the flag is not what the call rejects.
#include <cuda_runtime.h>

#include <cstdio>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t check_status = (call);                                                         \
        std::printf("%s: %s\n", #call, cudaGetErrorString(check_status));                          \
        if (check_status != cudaSuccess)                                                           \
            return 1;                                                                              \
    } while (0)

int main()
{
    float *samples;
    float *device_view;

    CHECK(cudaMallocHost(reinterpret_cast<void **>(&samples), 1000 * sizeof(float)));
    CHECK(cudaHostRegister(samples, 1000 * sizeof(float), cudaHostRegisterMapped)); // expect: already-pinned
    CHECK(cudaHostGetDevicePointer(&device_view, samples, 0));
    CHECK(cudaHostUnregister(samples));
    CHECK(cudaFreeHost(samples));
    return 0;
}
