// What the pinned allocators leave in the caller's pointer when they fail:
// nvcc testdata/gpu/failed_allocation.cu -lcuda && ./a.out, in the form of probes.txt.
#include <cuda.h>
#include <cuda_runtime.h>

#include <cstddef>
#include <cstdio>

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
    tell("cudaMallocHost 1<<50", cudaMallocHost(&memory, too_large), memory);
    memory = before;
    tell("cudaHostAlloc 1<<50", cudaHostAlloc(&memory, too_large, cudaHostAllocDefault), memory);
    memory = before;
    tell("cudaHostAlloc flags 0x100", cudaHostAlloc(&memory, 4096, 0x100), memory);
    memory = before;
    tell("cuMemHostAlloc 1<<50", cuMemHostAlloc(&memory, too_large, 0), memory);
    memory = before;
    tell("cuMemAllocHost 1<<50", cuMemAllocHost(&memory, too_large), memory);
    return 0;
}
