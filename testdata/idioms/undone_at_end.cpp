// A function that returns early leaves an object of its caller's pinned: its destructor unpins it.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
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

// Pinned anew, what an owner or a container has: the object undoes it.
class samples {
public:
    explicit samples(size_t n) : left_(new float[n]), right_(n), n_(n) {}
    ~samples() { unpin(); }
    bool pin()
    {
        if (pinned_ || n_ < 1024 || right_.size() < 1024)
            return pinned_;
        if (cudaHostRegister(left_.get(), n_ * sizeof(float), 0) != cudaSuccess)
            return false;
        pinned_ = cudaHostRegister(right_.data(), right_.size() * sizeof(float), 0) == cudaSuccess;
        if (!pinned_)
            (void)cudaHostUnregister(left_.get());
        return pinned_;
    }
    void unpin()
    {
        if (!pinned_)
            return;
        (void)cudaHostUnregister(left_.get());
        (void)cudaHostUnregister(right_.data());
        pinned_ = false;
    }

private:
    std::unique_ptr<float[]> left_;
    std::vector<float> right_;
    size_t n_;
    bool pinned_ = false;
};

int pinned_again(samples &s)
{
    if (!s.pin())
        return 1;
    s.unpin();
    return s.pin() ? 0 : 2;
}

// Its destructor is out of sight.
struct frame {
    ~frame();
    std::unique_ptr<char[]> pixels;
    size_t bytes;
};

bool pinned_for_good(frame &f)
{
    if (!f.bytes || cudaHostRegister(f.pixels.get(), f.bytes, 0) != cudaSuccess)
        return false;
    (void)cudaHostUnregister(f.pixels.get());
    return f.bytes > 8192 && cudaHostRegister(f.pixels.get(), f.bytes, 0) == cudaSuccess;
}

// It has none.
struct cells {
    std::unique_ptr<char[]> grid;
    size_t bytes;
};

bool pinned_for_nobody(cells &c, void *device)
{
    if (!c.bytes || cudaHostRegister(c.grid.get(), c.bytes, 0) != cudaSuccess) // expect: register-leak
        return false;
    if (cudaMemcpy(device, c.grid.get(), c.bytes, cudaMemcpyHostToDevice) != cudaSuccess)
        return false;
    return cudaHostUnregister(c.grid.get()) == cudaSuccess;
}
