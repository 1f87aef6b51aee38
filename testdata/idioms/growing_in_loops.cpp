// A buffer that only grows, in a loop of loops: whatever its size has become by then, an unsigned
// number is above it or is not, and 0 is above none.
#include <cuda_runtime_api.h>

#include <cstddef>
#include <memory>
#include <utility>

enum { SMALLEST = 4096 };

class Growing {
public:
    Growing() noexcept = default;
    Growing(const Growing &) = delete;
    Growing &operator=(const Growing &) = delete;
    ~Growing() { release(); }

    bool ensure(std::size_t n)
    {
        if (n <= room_)
            return true;
        if (n < 2 * room_)
            n = 2 * room_;
        auto fresh = std::make_unique<char[]>(n);
        if (cudaHostRegister(fresh.get(), n, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        release();
        bytes_ = std::move(fresh);
        room_ = n;
        return true;
    }

    void release() noexcept
    {
        if (bytes_)
            (void)cudaHostUnregister(bytes_.get());
        bytes_.reset();
        room_ = 0;
    }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t room_ = 0;
};

// Right.
bool all_rounds(int rounds, const std::size_t *sizes, int count)
{
    Growing shared;
    for (int round = 0; round < rounds; ++round)
        for (int i = 0; i < count; ++i)
            if (!shared.ensure(sizes[i]))
                return false;
    return true;
}

class Forgetful {
public:
    Forgetful() noexcept = default;
    Forgetful(const Forgetful &) = delete;
    Forgetful &operator=(const Forgetful &) = delete;
    ~Forgetful()
    {
        if (bytes_)
            (void)cudaHostUnregister(bytes_.get());
    }

    // Wrong: what there was goes while it is registered.
    bool ensure(std::size_t n)
    {
        if (n <= room_)
            return true;
        n += SMALLEST;
        auto fresh = std::make_unique<char[]>(n);
        if (cudaHostRegister(fresh.get(), n, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        bytes_ = std::move(fresh); // expect: freed-while-registered
        room_ = n;
        return true;
    }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t room_ = 0;
};

bool all_forgotten(int rounds, const std::size_t *sizes, int count)
{
    Forgetful shared;
    for (int round = 0; round < rounds; ++round)
        for (int i = 0; i < count; ++i)
            if (!shared.ensure(sizes[i]))
                return false;
    return true;
}
