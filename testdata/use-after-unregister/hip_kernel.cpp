/* HIP has no ending of its own: hipcc takes C++ for it. The C library's names come with it. */
#include <cstdio>
#include <hip/hip_runtime.h>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != hipSuccess) {                                                                \
            std::printf("%s failed\n", #call);                                                     \
            std::abort();                                                                          \
        }                                                                                          \
    } while (0)

__global__ void bump(int *numbers)
{
    numbers[threadIdx.x] += 1;
}

struct Mapped {
    int *host, *device;
};

static Mapped map(int *host, size_t bytes)
{
    Mapped mapped{host, nullptr};

    CHECK(hipHostRegister(host, bytes, hipHostRegisterMapped));
    CHECK(hipHostGetDevicePointer((void **)&mapped.device, host, 0));
    return mapped;
}

static void unmap(Mapped &mapped)
{
    CHECK(hipHostUnregister(mapped.host));
}

void launch()
{
    static int numbers[64];
    Mapped mapped = map(numbers, sizeof numbers);

    hipLaunchKernelGGL(bump, dim3(1), dim3(64), 0, 0, mapped.device);
    CHECK(hipDeviceSynchronize());
    unmap(mapped);
    hipLaunchKernelGGL(bump, dim3(1), dim3(64), 0, 0, mapped.device); // expect: use-after-unregister
    CHECK(hipDeviceSynchronize());
}
