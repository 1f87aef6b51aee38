// A flag that is atomic says as much as a plain one does, to the thread that set it.
#include <cuda_runtime.h>

#include <atomic>
#include <cstdlib>
#include <thread>

struct Right {
    void *data;
    std::atomic<bool> pinned{false};

    Right() : data(std::malloc(4096)) {}
    Right(const Right &) = delete;
    ~Right()
    {
        unpin();
        std::free(data);
    }

    bool pin()
    {
        if (pinned.load(std::memory_order_acquire))
            return true;
        if (cudaHostRegister(data, 4096, cudaHostRegisterDefault) != cudaSuccess)
            return false;
        pinned.store(true, std::memory_order_release);
        return true;
    }

    void unpin()
    {
        if (pinned.exchange(false) && cudaHostUnregister(data) != cudaSuccess)
            std::abort();
    }
};

bool pins_and_unpins_twice()
{
    Right buffer;
    bool done = buffer.pin() && buffer.pin();
    buffer.unpin();
    return done;
}

struct Inverted {
    void *data;
    std::atomic<bool> pinned = false;

    Inverted() : data(std::malloc(4096)) {}
    Inverted(const Inverted &) = delete;
    ~Inverted()
    {
        if (!pinned && cudaHostUnregister(data) != cudaSuccess) // expect: unregister-unregistered
            std::abort();
        std::free(data); // expect: freed-while-registered
    }

    void pin() { pinned = cudaHostRegister(data, 4096, cudaHostRegisterDefault) == cudaSuccess; }
};

void inverted()
{
    Inverted buffer;
    buffer.pin();
}

struct Counted {
    void *data;
    std::atomic<int> users{0};

    Counted() : data(std::malloc(4096)) {}
    Counted(const Counted &) = delete;
    ~Counted() { std::free(data); }

    bool take()
    {
        if (users.fetch_add(1) > 0)
            return true;
        return cudaHostRegister(data, 4096, cudaHostRegisterDefault) == cudaSuccess;
    }

    void give()
    {
        if (users.fetch_sub(1) == 1 && cudaHostUnregister(data) != cudaSuccess)
            std::abort();
    }
};

void counted()
{
    Counted buffer;
    if (!buffer.take())
        return;
    if (buffer.take())
        buffer.give();
    buffer.give();
}

struct Claimed {
    void *data;
    std::atomic<bool> pinned{false};

    Claimed() : data(std::malloc(4096)) {}
    Claimed(const Claimed &) = delete;
    ~Claimed()
    {
        if (pinned.load() && cudaHostUnregister(data) != cudaSuccess)
            std::abort();
        std::free(data);
    }

    void pin()
    {
        bool expected = false;
        if (!pinned.compare_exchange_strong(expected, true))
            return;
        if (cudaHostRegister(data, 4096, cudaHostRegisterDefault) != cudaSuccess)
            pinned = false;
    }
};

void claimed()
{
    Claimed buffer;
    buffer.pin();
    buffer.pin();
}

static char block[4096];
static std::atomic<bool> block_pinned{false};

void pin_block()
{
    if (!block_pinned.exchange(true) &&
        cudaHostRegister(block, sizeof block, cudaHostRegisterDefault) != cudaSuccess)
        block_pinned = false;
}

void unpin_block()
{
    if (block_pinned.exchange(false) && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
}

void by_another_thread()
{
    void *data = std::malloc(4096);
    std::atomic<bool> pinned{false};
    std::thread worker([&] {
        if (cudaHostRegister(data, 4096, cudaHostRegisterDefault) == cudaSuccess)
            pinned.store(true);
    });
    worker.join();
    if (pinned.load() && cudaHostUnregister(data) != cudaSuccess)
        std::abort();
    std::free(data);
}
