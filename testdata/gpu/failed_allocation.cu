// What calls that give a pointer leave in the caller's when they fail:
// nvcc testdata/gpu/failed_allocation.cu -lcuda && ./a.out, in the form of probes.txt.
#include <cstddef>
#include <cstdio>
#include <cuda.h>
#include <cuda_runtime.h>

static const std::size_t too_large = std::size_t(1) << 50;

static void tell(const char *call, int status, void *memory)
{
    std::printf("failed_allocation %28s: %d, the pointer is %s\n", call, status,
                memory ? "as it was" : "NULL");
}

int main()
{
    void *const before = reinterpret_cast<void *>(0x1234);
    void *memory = before;
    int status = cudaMallocHost(&memory, too_large);
    tell("cudaMallocHost 1<<50", status, memory);
    memory = before;
    status = cudaHostAlloc(&memory, too_large, cudaHostAllocDefault);
    tell("cudaHostAlloc 1<<50", status, memory);
    memory = before;
    status = cudaHostAlloc(&memory, 4096, 0x100);
    tell("cudaHostAlloc flags 0x100", status, memory);
    memory = before;
    status = cuMemHostAlloc(&memory, too_large, 0);
    tell("cuMemHostAlloc 1<<50", status, memory);
    memory = before;
    status = cuMemAllocHost(&memory, too_large);
    tell("cuMemAllocHost 1<<50", status, memory);
    memory = before;
    status = cudaMalloc(&memory, too_large);
    tell("cudaMalloc 1<<50", status, memory);
    memory = before;
    status = cudaMallocManaged(&memory, too_large);
    tell("cudaMallocManaged 1<<50", status, memory);
    static char plain[8192];
    memory = before;
    status = cudaHostGetDevicePointer(&memory, plain, 0);
    tell("cudaHostGetDevicePointer", status, memory);
    CUdeviceptr device = 0x1234;
    status = cuMemAlloc(&device, too_large);
    tell("cuMemAlloc 1<<50", status, reinterpret_cast<void *>(device));
    device = 0x1234;
    status = cuMemHostGetDevicePointer(&device, plain, 0);
    tell("cuMemHostGetDevicePointer", status, reinterpret_cast<void *>(device));
    return 0;
}
