// The program asks the driver whose memory it is, and frees accordingly.
#include <cuda.h>
#include <cuda_runtime.h>
#include <cstdlib>
#include <stdexcept>

static void must(CUresult status)
{
    if (status != CUDA_SUCCESS)
        throw std::runtime_error("driver");
}

static inline bool is_of_cuda(void *memory)
{
    CUmemorytype type;
    CUresult status =
        cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, (CUdeviceptr)memory);
    if (status == CUDA_ERROR_INVALID_VALUE)
        return false;
    must(status);
    return true;
}

class buffer {
public:
    explicit buffer(size_t bytes)
    {
        must(cuMemHostAlloc(&memory_, bytes, CU_MEMHOSTALLOC_PORTABLE));
    }
    ~buffer()
    {
        if (is_of_cuda(memory_))
            must(cuMemFreeHost(memory_));
        else
            std::free(memory_);
    }

private:
    void *memory_ = nullptr;
};

void use()
{
    buffer b(4096);
}

void by_attributes(size_t n)
{
    void *p = std::malloc(n);
    cudaPointerAttributes about;
    if (cudaPointerGetAttributes(&about, p) == cudaSuccess && about.type == cudaMemoryTypeHost) {
        if (cudaFreeHost(p) != cudaSuccess)
            throw std::runtime_error("runtime");
    } else {
        std::free(p);
    }
}
