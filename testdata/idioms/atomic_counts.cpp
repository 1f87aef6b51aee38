// Counters and bits that are atomic decide as others do.
#include <atomic>
#include <cstdlib>
#include <cuda_runtime.h>

enum state_bits : unsigned { MAPPED = 1, PINNED = 4 };

void bits()
{
    std::atomic<unsigned> state{MAPPED};
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        state |= PINNED;
    if (state & PINNED)
        (void)cudaHostUnregister(block);
    std::free(block);
}

void wrong_bit()
{
    std::atomic<unsigned> state{0};
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        state.fetch_or(PINNED);
    if (state.load() & MAPPED)
        (void)cudaHostUnregister(block);
    std::free(block); // expect: freed-while-registered
}

void counted()
{
    std::atomic<int> users{0};
    void *block = std::malloc(8192);
    if (!block)
        return;
    if (cudaHostRegister(block, 8192, 0) == cudaSuccess)
        ++users;
    if (users == 1 && users-- == 1)
        (void)cudaHostUnregister(block);
    std::free(block);
}

class Shared {
public:
    bool open()
    {
        block = std::malloc(8192);
        if (!block || cudaHostRegister(block, 8192, 0) != cudaSuccess) {
            std::free(block);
            return false;
        }
        users = 1;
        return true;
    }
    void share() { users++; }
    void close()
    {
        if (--users)
            return;
        (void)cudaHostUnregister(block);
        std::free(block);
    }

private:
    std::atomic<int> users{0};
    void *block = nullptr;
};

int shares()
{
    Shared shared;
    if (!shared.open())
        return 1;
    shared.share();
    shared.close();
    shared.close();
    return 0;
}

void once()
{
    std::atomic_flag is_done = ATOMIC_FLAG_INIT;
    void *block = std::malloc(8192);
    if (!block || cudaHostRegister(block, 8192, 0) != cudaSuccess) {
        std::free(block);
        return;
    }
    for (int turn = 0; turn < 2; turn++)
        if (!is_done.test_and_set())
            (void)cudaHostUnregister(block);
    std::free(block);
}
