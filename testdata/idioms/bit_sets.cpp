// Which blocks are registered, in a std::bitset.
#include <bitset>
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

void step();

constexpr int slots = 8;

class ring
{
  public:
    explicit ring(std::size_t bytes) : bytes_(bytes)
    {
        for (int i = 0; i < slots; ++i)
            slot_[i] = nullptr;
    }
    ring(const ring &) = delete;
    ring &operator=(const ring &) = delete;
    ~ring()
    {
        for (int i = 0; i < slots; ++i)
            drop(i);
    }
    bool fill(int i)
    {
        slot_[i] = static_cast<char *>(std::malloc(bytes_));
        if (!slot_[i])
            return false;
        cudaError_t status = cudaHostRegister(slot_[i], bytes_, 0); // expect: nonconstant-size
        pinned_.set(i, status == cudaSuccess);
        return true;
    }
    void drop(int i)
    {
        if (pinned_.test(i)) {
            (void)cudaHostUnregister(slot_[i]);
            pinned_.reset(i);
        }
        std::free(slot_[i]);
        slot_[i] = nullptr;
    }

  private:
    std::size_t bytes_;
    char *slot_[slots];
    std::bitset<slots> pinned_;
};

void of_a_ring()
{
    ring blocks(8192);
    if (blocks.fill(2))
        blocks.drop(2);
}

struct pages {
    std::vector<void *> page;
    std::bitset<64> pinned;

    ~pages()
    {
        release();
    }
    bool add()
    {
        void *block = std::malloc(4096);
        if (!block)
            return false;
        std::size_t i = page.size();
        page.push_back(block);
        if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
            pinned[i] = true;
        return true;
    }
    void release()
    {
        for (std::size_t i = 0; i < page.size(); ++i) {
            if (pinned[i])
                (void)cudaHostUnregister(page[i]);
            std::free(page[i]);
        }
        page.clear();
        pinned.reset();
    }
};

void of_pages()
{
    pages all;
    for (int i = 0; i < 4; ++i)
        if (!all.add())
            return;
    step();
}

void asked_of_all()
{
    std::bitset<4> pinned;
    void *block = std::malloc(4096);
    if (!block)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        pinned.set(1);
    if (pinned.none()) {
        std::free(block);
        return;
    }
    (void)cudaHostUnregister(block);
    pinned.reset(1);
    if (pinned.any())
        (void)cudaHostUnregister(block);
    std::free(block);
}

void turned()
{
    std::bitset<2> pinned;
    void *block = std::malloc(4096), *other = std::malloc(4096);
    if (!block || !other)
        std::abort();
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        pinned.flip(0);
    if (cudaHostRegister(other, 4096, 0) == cudaSuccess)
        pinned[1].flip();
    const std::bitset<2> kept = pinned;
    if (kept[0])
        (void)cudaHostUnregister(block);
    if (kept.test(1))
        (void)cudaHostUnregister(other);
    std::free(block);
    std::free(other);
}

void another_flag()
{
    std::bitset<4> pinned;
    void *block = std::malloc(4096);
    if (!block)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        pinned.set(1);
    if (pinned[2])
        (void)cudaHostUnregister(block);
    std::free(block); // expect: freed-while-registered
}

void cleared_too_early()
{
    std::bitset<4> pinned;
    void *block = std::malloc(4096);
    if (!block)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        pinned.set(1);
    pinned.reset();
    if (pinned.test(1))
        (void)cudaHostUnregister(block);
    std::free(block); // expect: freed-while-registered
}
