// Of each block one container holds the address, and another one whether it is registered.
#include <algorithm>
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
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

// The last one takes the place of the one that goes.
class swapping_pool
{
    std::vector<void *> blocks_;
    std::vector<bool> is_pinned_;

  public:
    void add()
    {
        void *block = std::malloc(8192);
        if (!block)
            return;
        blocks_.push_back(block);
        is_pinned_.push_back(cudaHostRegister(block, 8192, 0) == cudaSuccess);
    }
    void drop(size_t i)
    {
        if (is_pinned_[i])
            check(cudaHostUnregister(blocks_[i]));
        std::free(blocks_[i]);
        blocks_[i] = blocks_.back();
        is_pinned_[i] = is_pinned_.back();
        blocks_.pop_back();
        is_pinned_.pop_back();
    }
    ~swapping_pool()
    {
        while (!blocks_.empty())
            drop(0);
    }
};

class swapping_pool_in_wrong_order
{
    std::vector<void *> blocks_;
    std::vector<bool> is_pinned_;

  public:
    void add()
    {
        void *block = std::malloc(8192);
        if (!block)
            return;
        blocks_.push_back(block);
        is_pinned_.push_back(cudaHostRegister(block, 8192, 0) == cudaSuccess);
    }
    void drop(size_t i)
    {
        std::free(blocks_[i]); // expect: freed-while-registered
        if (is_pinned_[i])
            check(cudaHostUnregister(blocks_[i]));
        blocks_[i] = blocks_.back();
        is_pinned_[i] = is_pinned_.back();
        blocks_.pop_back();
        is_pinned_.pop_back();
    }
    ~swapping_pool_in_wrong_order()
    {
        while (!blocks_.empty())
            drop(0);
    }
};

// Algorithms put numbers elsewhere, or others in their place.
void sorted_flags()
{
    std::vector<int> flags;
    void *block = std::malloc(8192);
    if (!block)
        return;
    flags.push_back(cudaHostRegister(block, 8192, 0) == cudaSuccess ? 1 : 0);
    flags.push_back(0);
    std::sort(flags.begin(), flags.end());
    if (flags[1])
        check(cudaHostUnregister(block));
    std::free(block);
}

void flags_sorted_by_function(bool pin)
{
    std::vector<int> flags;
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (pin && cudaHostRegister(block, 8192, 0) != cudaSuccess)
        std::abort();
    flags.push_back(0);
    flags.push_back(pin);
    std::sort(flags.begin(), flags.end(), std::greater<int>());
    if (flags[0])
        check(cudaHostUnregister(block));
    std::free(block);
}

void filled_flags()
{
    std::vector<int> flags(2, 0);
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        std::fill(flags.begin(), flags.end(), 1);
    if (flags[0])
        check(cudaHostUnregister(block));
    std::free(block);
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

void flags_of_an_array()
{
    int flags[2] = {0, 0};
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        flags[0] = 1;
    qsort(flags, 2, sizeof flags[0], compare);
    if (flags[1])
        check(cudaHostUnregister(block));
    std::free(block);
}

void sorted_and_not_asked()
{
    std::vector<int> flags;
    void *block = std::malloc(8192);
    if (!block)
        return;
    flags.push_back(cudaHostRegister(block, 8192, 0) == cudaSuccess ? 1 : 0);
    flags.push_back(0);
    std::sort(flags.begin(), flags.end());
    std::free(block); // expect: freed-while-registered
}
