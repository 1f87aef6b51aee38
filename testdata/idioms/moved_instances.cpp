// Constructors of a class template's instance that only the library calls: for the elements of a
// container, for what an optional holds.
#include <cstdlib>
#include <cuda_runtime.h>
#include <optional>
#include <utility>
#include <vector>

template <typename T> class batch {
public:
    explicit batch(int)
    {
        host_ = static_cast<T *>(std::malloc(8192));
        if (host_ == nullptr || cudaHostRegister(host_, 8192, 0) != cudaSuccess)
            std::abort();
    }
    batch(const batch &) = delete;
    batch(batch &&other) noexcept : host_(std::exchange(other.host_, nullptr))
    {
    }
    ~batch()
    {
        if (host_ == nullptr)
            return;
        (void)cudaHostUnregister(host_);
        std::free(host_);
    }

private:
    T *host_ = nullptr;
};

template <typename T> void keep(int n)
{
    batch<T> one(n);
    std::vector<batch<T>> kept;
    kept.push_back(std::move(one));
}

template <typename T> void perhaps(int n)
{
    batch<T> one(n);
    std::optional<batch<T>> kept(std::move(one));
}

template <typename T> class twice {
public:
    explicit twice(int)
    {
        host_ = static_cast<T *>(std::malloc(8192));
        if (host_ == nullptr || cudaHostRegister(host_, 8192, 0) != cudaSuccess)
            std::abort();
    }
    twice(twice &&other) noexcept : host_(other.host_)
    {
    }
    ~twice()
    {
        (void)cudaHostUnregister(host_); // expect: unregister-unregistered
        std::free(host_);
    }

private:
    T *host_ = nullptr;
};

template <typename T> void keep_twice(int n)
{
    twice<T> one(n);
    std::vector<twice<T>> kept;
    kept.push_back(std::move(one));
}

void instantiate()
{
    keep<double>(1);
    perhaps<float>(1);
    keep_twice<float>(1);
}
