// Private members: the class alone can name them, whatever header it stands in.
#include "set_elsewhere.hpp"

#include <cstdlib>
#include <utility>

bool staging::allocate(std::size_t count)
{
    count_ = count;
    return cudaMallocHost(&host_, count * sizeof(float)) == cudaSuccess &&
           cudaMallocHost(&shown_, 4096) == cudaSuccess &&
           cudaMallocHost(&adopted_, 4096) == cudaSuccess;
}

bool staging::pin()
{
    return cudaHostRegister(host_, 4096, 0) == cudaSuccess; // expect: already-pinned
}

void staging::release()
{
    if (is_up_)
        std::free(host_); // expect: mismatched-free
    host_ = nullptr;
}

void staging::release_others()
{
    std::free(adopted_);
    std::free(shown_);
    std::free(open);
}

bool staging::allocate_open()
{
    return cudaMallocHost(&open, 4096) == cudaSuccess;
}

// An instance of a template.
template <class T> class buffer
{
    T *data_ = nullptr;

  public:
    explicit buffer(std::size_t count)
    {
        if (cudaHostAlloc(&data_, count * sizeof(T), cudaHostAllocDefault) != cudaSuccess)
            std::abort();
    }
    void reset()
    {
        delete[] data_; // expect: mismatched-free
        data_ = nullptr;
    }
};

void reset(buffer<int> &ints)
{
    ints.reset();
}

buffer<int> *make()
{
    return new buffer<int>(1000);
}

// Moved and exchanged, it is what it was.
class movable
{
    float *data_ = nullptr;

  public:
    movable() = default;
    movable(movable &&other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
    movable &operator=(movable &&other) noexcept
    {
        data_ = other.data_;
        other.data_ = nullptr;
        return *this;
    }
    void swap(movable &other)
    {
        std::swap(data_, other.data_);
    }
    bool open()
    {
        return cudaMallocHost(&data_, 4096) == cudaSuccess;
    }
    void close()
    {
        delete[] data_; // expect: mismatched-free
        data_ = nullptr;
    }
};

bool open_and_close(movable &one, movable &other)
{
    one.swap(other);
    return one.open();
}

// Static members, that the class alone can name as well.
class scratch
{
    static void *shared_, *other_;
    static bool is_there_;

  public:
    static bool ensure(std::size_t bytes);
    static void adopt(void *memory);
    static void drop();
    static void *open;
};

void *scratch::shared_ = nullptr, *scratch::other_ = nullptr, *scratch::open = nullptr;
bool scratch::is_there_ = false;

bool scratch::ensure(std::size_t bytes)
{
    if (!is_there_)
        is_there_ = cudaMallocHost(&shared_, bytes) == cudaSuccess;
    return is_there_ && cudaMallocHost(&other_, bytes) == cudaSuccess &&
           cudaMallocHost(&open, bytes) == cudaSuccess;
}

void scratch::adopt(void *memory)
{
    other_ = memory;
}

void scratch::drop()
{
    if (is_there_)
        std::free(shared_); // expect: mismatched-free
    std::free(other_);
    is_there_ = false;
}
