// A member that is asked, by a const member function of its own, leaves the flags beside it as they
// are: they still say which kind of memory it is.
#include <cstddef>
#include <cuda.h>

struct settings {
    bool get(const char *name, bool otherwise) const;
};

class buffer
{
  public:
    buffer() = default;
    buffer(const buffer &) = delete;
    ~buffer()
    {
        if (is_host_ && memory_)
            (void)cuMemFreeHost(memory_);
        else if (device_)
            (void)cuMemFree(device_);
    }
    bool allocate(std::size_t bytes)
    {
        if (settings_.get("host", false)) {
            is_host_ = cuMemAllocHost(&memory_, bytes) == CUDA_SUCCESS;
            return is_host_;
        }
        if (settings_.get("unified", false)) {
            if (cuMemAllocManaged(&device_, bytes, CU_MEM_ATTACH_GLOBAL) != CUDA_SUCCESS)
                return false;
            memory_ = reinterpret_cast<void *>(device_);
            return true;
        }
        return cuMemAlloc(&device_, bytes) == CUDA_SUCCESS;
    }

  private:
    settings settings_;
    void *memory_ = nullptr;
    CUdeviceptr device_ = 0;
    bool is_host_ = false;
};

bool use(std::size_t bytes)
{
    buffer b;
    return b.allocate(bytes);
}
