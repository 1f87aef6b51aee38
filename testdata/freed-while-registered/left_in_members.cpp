// A member function that is no destructor frees what another one registered.
#include <cstdlib>
#include <cuda_runtime.h>

class channel
{
  public:
    bool open(std::size_t bytes);
    void close();
    bool open_other();
    void stop_other();
    void close_other();

  private:
    char *ring_ = nullptr, *other_ = nullptr;
};

bool channel::open(std::size_t bytes)
{
    ring_ = static_cast<char *>(std::malloc(bytes));
    if (!ring_ || bytes == 0)
        return false;
    return cudaHostRegister(ring_, bytes, cudaHostRegisterDefault) == cudaSuccess;
}

void channel::close()
{
    std::free(ring_); // expect: freed-while-registered
    ring_ = nullptr;
}

bool channel::open_other()
{
    other_ = static_cast<char *>(std::malloc(4096));
    return other_ && cudaHostRegister(other_, 4096, cudaHostRegisterDefault) == cudaSuccess;
}

void channel::stop_other()
{
    if (cudaHostUnregister(other_) != cudaSuccess)
        std::abort();
}

void channel::close_other()
{
    std::free(other_);
}
