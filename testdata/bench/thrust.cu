#include <cstdio>
#include <cub/cub.cuh>
#include <cuda_runtime.h>
#include <thrust/device_vector.h>
#include <thrust/host_vector.h>
#include <thrust/reduce.h>
#include <thrust/sort.h>
#include <vector>
int main()
{
    thrust::host_vector<int> h(1 << 20);
    if (cudaHostRegister(h.data(), h.size() * sizeof(int), cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    thrust::device_vector<int> d = h;
    thrust::sort(d.begin(), d.end());
    void *tmp = nullptr;
    size_t bytes = 0;
    cub::DeviceReduce::Sum(tmp, bytes, d.data(), d.data(), d.size());
    int s = thrust::reduce(d.begin(), d.end());
    std::printf("%d\n", s);
    return cudaHostUnregister(h.data()) != cudaSuccess;
}
