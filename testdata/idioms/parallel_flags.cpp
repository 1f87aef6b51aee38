// Of each block one container holds the address, and another one whether it is registered.
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

class pool
{
    std::vector<void *> blocks_;
    std::vector<char> is_pinned_;

  public:
    void add(bool pin)
    {
        void *block = std::malloc(8192);
        if (!block)
            return;
        if (pin)
            check(cudaHostRegister(block, 8192, 0));
        blocks_.push_back(block);
        is_pinned_.push_back(pin);
    }
    void clear()
    {
        for (size_t i = 0; i < blocks_.size(); i++) {
            if (is_pinned_[i])
                check(cudaHostUnregister(blocks_[i]));
            std::free(blocks_[i]);
        }
        blocks_.clear();
        is_pinned_.clear();
    }
    ~pool() { clear(); }
};

void one(bool pin)
{
    std::vector<void *> blocks;
    std::vector<int> flags;
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (pin && cudaHostRegister(block, 8192, 0) != cudaSuccess) {
        std::free(block);
        return;
    }
    blocks.push_back(block);
    flags.push_back(pin ? 4 : 1);
    if (flags.back() & 4)
        check(cudaHostUnregister(blocks.back()));
    std::free(blocks.back());
}

void other_way_round(bool pin)
{
    std::vector<void *> blocks;
    std::vector<int> flags;
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (pin && cudaHostRegister(block, 8192, 0) != cudaSuccess) {
        std::free(block);
        return;
    }
    blocks.push_back(block);
    flags.push_back(pin);
    if (!flags.back())
        check(cudaHostUnregister(blocks.back())); // expect: unregister-unregistered
    std::free(blocks.back());                     // expect: freed-while-registered
}

// A vector<bool> gives objects that stand for its elements, or, when it is const, their values.
class bit_pool
{
    std::vector<void *> blocks_;
    std::vector<bool> is_pinned_;

    bool is_pinned(size_t i) const { return is_pinned_[i]; }

  public:
    void add(bool pin)
    {
        void *block = std::malloc(8192);
        if (!block)
            return;
        if (pin)
            check(cudaHostRegister(block, 8192, 0));
        blocks_.push_back(block);
        is_pinned_.push_back(pin);
    }
    void clear()
    {
        for (size_t i = 0; i < blocks_.size(); i++) {
            if (is_pinned(i))
                check(cudaHostUnregister(blocks_[i]));
            std::free(blocks_[i]);
        }
        blocks_.clear();
        is_pinned_.clear();
    }
    ~bit_pool()
    {
        for (size_t i = 0; i < blocks_.size(); i++) {
            if (is_pinned_[i])
                check(cudaHostUnregister(blocks_[i]));
            std::free(blocks_[i]);
        }
    }
};

void set_bit(size_t count)
{
    std::vector<bool> flags(count);
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        flags[0] = true;
    flags[1] = flags[0];
    if (flags[1])
        check(cudaHostUnregister(block));
    std::free(block);
}

void set_bit_wrongly(bool pin)
{
    std::vector<bool> flags(2);
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (pin)
        check(cudaHostRegister(block, 8192, 0));
    flags[0] = !pin;
    if (flags[0])
        check(cudaHostUnregister(block)); // expect: unregister-unregistered
    std::free(block);                     // expect: freed-while-registered
}

// What turns bits over is not followed.
void turned_bits()
{
    std::vector<bool> flags{false, false}, others(1);
    void *block = std::malloc(8192), *other = std::malloc(8192);
    if (!block || !other)
        std::abort();
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        flags.flip();
    if (cudaHostRegister(other, 8192, 0) == cudaSuccess)
        others.at(0).flip();
    if (flags[1])
        check(cudaHostUnregister(block));
    if (others.front())
        check(cudaHostUnregister(other));
    std::free(block);
    std::free(other);
}
