// Threads that read and write in registered memory, and threads that do more with it.
#include <cstdlib>
#include <cstring>
#include <cuda_runtime.h>
#include <mutex>
#include <thread>
#include <vector>

static char *registered(std::size_t bytes)
{
    char *block = bytes < 4096 ? nullptr : static_cast<char *>(std::malloc(bytes));
    if (block && cudaHostRegister(block, bytes, 0) != cudaSuccess) {
        std::free(block);
        block = nullptr;
    }
    return block;
}

int forgotten(std::size_t bytes)
{
    char *block = registered(bytes);
    if (!block)
        return -1;
    std::thread fills([block, bytes] { std::memset(block, 1, bytes); });
    std::thread turns([=] {
        for (std::size_t i = 0; i < bytes; i++)
            block[i] ^= 3;
    });
    fills.join();
    turns.join();
    std::free(block); // expect: freed-while-registered
    return 0;
}

int undone(std::size_t bytes)
{
    char *block = registered(bytes);
    if (!block)
        return -1;
    std::thread fills([block, bytes] { std::memset(block, 1, bytes); });
    std::thread turns([=] {
        for (std::size_t i = 0; i < bytes; i++)
            block[i] ^= 3;
    });
    fills.join();
    turns.join();
    (void)cudaHostUnregister(block);
    std::free(block);
    return 0;
}

int undone_there(std::size_t bytes)
{
    char *block = registered(bytes);
    if (!block)
        return -1;
    std::thread undoes([block] { (void)cudaHostUnregister(block); }), other([] {});
    other.join();
    undoes.join();
    std::free(block);
    return 0;
}

static std::vector<char *> to_drop;
static std::mutex dropping;

static void drop_later(char *block)
{
    std::lock_guard<std::mutex> lock(dropping);
    to_drop.push_back(block);
}

void drop_all()
{
    for (char *block : to_drop) {
        (void)cudaHostUnregister(block);
        std::free(block);
    }
    to_drop.clear();
}

int put_in_a_container(std::size_t bytes)
{
    char *block = registered(bytes);
    if (!block)
        return -1;
    std::thread drops(drop_later, block), other([] {});
    drops.join();
    other.join();
    return 0;
}

static char *kept;

int put_in_a_static(std::size_t bytes)
{
    char *block = registered(bytes);
    if (!block)
        return -1;
    std::thread keeps([block] { kept = block; }), other([] {});
    keeps.join();
    other.join();
    return 0;
}

void undo_kept()
{
    (void)cudaHostUnregister(kept);
    std::free(kept);
}
