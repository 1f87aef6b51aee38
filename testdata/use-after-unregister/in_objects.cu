/* Kernel arguments that hold the pointer: objects by value, and arrays of addresses. */
#include <cstdlib>
#include <cuda_runtime.h>

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            abort();                                                                               \
    } while (0)

struct Job {
    float *in, *out;
    int count;
};

__global__ void scale(Job job)
{
    int i = threadIdx.x;
    if (i < job.count)
        job.out[i] = 2 * job.in[i];
}

__global__ void add(float *p, int n)
{
    if ((int)threadIdx.x < n)
        p[threadIdx.x] += 1;
}

void object(float *host, float *out)
{
    Job job{nullptr, out, 256};
    OK(cudaHostRegister(host, 1024, cudaHostRegisterMapped));
    OK(cudaHostGetDevicePointer((void **)&job.in, host, 0));
    scale<<<1, 256>>>(job);
    OK(cudaDeviceSynchronize());
    OK(cudaHostUnregister(host));
    scale<<<1, 256>>>(job); // expect: use-after-unregister
    OK(cudaDeviceSynchronize());
}

void object_with_another(float *host, float *device, float *out)
{
    Job job{nullptr, out, 256};
    OK(cudaHostRegister(host, 1024, cudaHostRegisterMapped));
    OK(cudaHostGetDevicePointer((void **)&job.in, host, 0));
    scale<<<1, 256>>>(job);
    OK(cudaDeviceSynchronize());
    OK(cudaHostUnregister(host));
    job.in = device;
    scale<<<1, 256>>>(job);
    OK(cudaDeviceSynchronize());
}

void array(bool late)
{
    static float host[256];
    OK(cudaHostRegister(host, sizeof host, cudaHostRegisterMapped));
    float *device = nullptr;
    int n = 256;
    OK(cudaHostGetDevicePointer((void **)&device, host, 0));
    void *arguments[] = {&device, &n};
    const void *kernel = (const void *)add;
    if (!late)
        OK(cudaLaunchKernel(kernel, dim3(1), dim3(256), arguments, 0, nullptr));
    OK(cudaDeviceSynchronize());
    OK(cudaHostUnregister(host));
    if (late)
        OK(cudaLaunchKernel(kernel, 1, 256, arguments, 0, 0)); // expect: use-after-unregister
}
