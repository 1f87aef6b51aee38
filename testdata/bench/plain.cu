#include <cstdio>
#include <cuda_runtime.h>
#include <vector>
__global__ void k(float *p, int n)
{
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n)
        p[i] *= 2;
}
int main()
{
    int n = 1 << 20;
    std::vector<float> v(n);
    if (cudaHostRegister(v.data(), n * sizeof(float), cudaHostRegisterMapped) != cudaSuccess) {
        std::printf("no\n");
        return 1;
    }
    float *d;
    cudaHostGetDevicePointer((void **)&d, v.data(), 0);
    k<<<n / 256, 256>>>(d, n);
    cudaDeviceSynchronize();
    cudaHostUnregister(v.data());
}
