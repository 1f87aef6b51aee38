// A function that returns early leaves an object of its caller's pinned: its destructor unpins it.
#include <cuda_runtime.h>

#include <cstdlib>
#include <vector>

class block {
public:
    explicit block(size_t bytes) : data_(std::malloc(bytes)), bytes_(bytes) {}
    block(const block &) = delete;
    ~block()
    {
        if (pinned_)
            (void)cudaHostUnregister(data_);
        std::free(data_);
    }

    bool pin()
    {
        if (!pinned_)
            pinned_ = data_ && bytes_ && cudaHostRegister(data_, bytes_, 0) == cudaSuccess;
        return pinned_;
    }

    bool unpin()
    {
        if (pinned_ && cudaHostUnregister(data_) == cudaSuccess)
            pinned_ = false;
        return !pinned_;
    }

    void *data_;
    size_t bytes_;
    bool pinned_ = false;
};

bool upload(std::vector<block> &blocks, void *device)
{
    for (block &b : blocks) {
        if (!b.pin())
            return false;
        if (cudaMemcpy(device, b.data_, b.bytes_, cudaMemcpyHostToDevice) != cudaSuccess)
            return false;
        if (!b.unpin())
            return false;
    }
    return true;
}

// Nobody does it for this one.
struct view {
    void *samples;
    size_t bytes;
};

bool upload(view &v, void *device)
{
    if (!v.samples || !v.bytes || cudaHostRegister(v.samples, v.bytes, 0) != cudaSuccess) // expect: register-leak
        return false;
    if (cudaMemcpy(device, v.samples, v.bytes, cudaMemcpyHostToDevice) != cudaSuccess)
        return false;
    return cudaHostUnregister(v.samples) == cudaSuccess;
}
