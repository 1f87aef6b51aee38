// A member of a class that is declared only, as where its header is missing, hides no other member.
#include <cuda.h>

class plan;

class buffer {
public:
    buffer() : device_(0), memory_(nullptr), is_host_(false) {}
    ~buffer();
    void make(size_t bytes, bool host);

private:
    CUdeviceptr device_;
    void *memory_;
    bool is_host_;
    plan plan_;
};

buffer::~buffer()
{
    if (is_host_ && memory_ && cuMemFreeHost(memory_) != CUDA_SUCCESS)
        throw 1;
}

void buffer::make(size_t bytes, bool host)
{
    if (host) {
        if (cuMemAllocHost(&memory_, bytes) != CUDA_SUCCESS)
            throw 1;
        is_host_ = true;
    } else {
        if (cuMemAllocManaged(&device_, bytes, CU_MEM_ATTACH_GLOBAL) != CUDA_SUCCESS)
            throw 1;
        memory_ = reinterpret_cast<void *>(device_);
    }
}
