// A program that is busy with copies and the heap: `overhead` measures what the recorder costs it.
#include <cuda_runtime.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

int main()
{
    const std::size_t size = 1 << 20;
    char *host = static_cast<char *>(std::malloc(size)), *device = nullptr;

    if (host == nullptr || cudaHostRegister(host, size, cudaHostRegisterDefault) != cudaSuccess ||
        cudaMalloc(&device, size) != cudaSuccess)
        return 1;
    auto start = std::chrono::steady_clock::now();
    for (int turn = 0; turn < 20000; turn++) {
        std::vector<char> staging(4096, static_cast<char>(turn));
        host[turn % size] = staging[turn % 4096];
        if (cudaMemcpy(device, host, turn % 2 ? 4096 : size, cudaMemcpyHostToDevice) != cudaSuccess)
            return 1;
    }
    std::printf("%.4f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    if (cudaFree(device) != cudaSuccess || cudaHostUnregister(host) != cudaSuccess)
        return 1;
    std::free(host);
    return 0;
}
