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
