// Right code in the shapes in which real projects register memory. Nothing here is a finding.
#include <cuda_runtime.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

#define CUDA_CHECK(...)                                                                            \
    do {                                                                                           \
        cudaError_t err_ = (__VA_ARGS__);                                                          \
        if (err_ != cudaSuccess)                                                                   \
            throw std::runtime_error(std::string(#__VA_ARGS__) + cudaGetErrorString(err_));        \
    } while (0)

// ---- a C++ allocator for containers
template <typename T>
struct locked_allocator {
    using value_type = T;

    locked_allocator() = default;
    template <typename U>
    locked_allocator(const locked_allocator<U> &)
    {
    }
    T *allocate(size_t count)
    {
        const size_t bytes = count * sizeof(T);
        void *block = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);

        if (block == nullptr)
            throw std::bad_alloc();
        if (bytes > 0 && cudaHostRegister(block, bytes, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(block);
            throw std::bad_alloc();
        }
        return static_cast<T *>(block);
    }
    void deallocate(T *block, size_t count)
    {
        if (count > 0)
            (void)cudaHostUnregister(block);
        std::free(block);
    }
    template <typename U>
    bool operator==(const locked_allocator<U> &) const
    {
        return true;
    }
    template <typename U>
    bool operator!=(const locked_allocator<U> &) const
    {
        return false;
    }
};

void container_with_allocator()
{
    std::vector<float, locked_allocator<float>> samples(1024);

    samples.push_back(1.0f);
    samples.resize(8192);
    samples[0] = samples.back();
}

// ---- a map from base to size, as libraries keep it
class registrations
{
  public:
    static registrations &global()
    {
        static registrations only;

        return only;
    }
    bool add(void *base, size_t size)
    {
        std::lock_guard<std::mutex> guard(mutex_);

        if (size == 0 || sizes_.count(base) != 0)
            return false;
        if (cudaHostRegister(base, size, cudaHostRegisterPortable) != cudaSuccess) {
            (void)cudaGetLastError();
            return false;
        }
        sizes_[base] = size;
        return true;
    }
    void remove(void *base)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        auto found = sizes_.find(base);

        if (found == sizes_.end())
            return;
        (void)cudaHostUnregister(found->first);
    