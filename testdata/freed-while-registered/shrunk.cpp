// shrink_to_fit gives a buffer up that has room to spare, and no other.
#include <cuda_runtime.h>
#include <utility>
#include <vector>

static bool lock(std::vector<char> &memory)
{
    return !memory.empty() && cudaHostRegister(memory.data(), memory.size(), 0) == cudaSuccess;
}

void has_nothing_to_spare(size_t size)
{
    std::vector<char> memory(size);
    if (!lock(memory))
        return;
    memory.shrink_to_fit();
    (void)cudaHostUnregister(memory.data());
}

void has_nothing_to_spare_once_moved(size_t size)
{
    std::vector<char> first(size);
    std::vector<char> memory = std::move(first);
    if (!lock(memory))
        return;
    memory.shrink_to_fit();
    (void)cudaHostUnregister(memory.data());
}

void is_emptied(size_t size)
{
    std::vector<char> memory(size);
    if (!lock(memory))
        return;
    char *data = memory.data();
    memory.clear();
    memory.shrink_to_fit(); // expect: freed-while-registered
    (void)cudaHostUnregister(data);
}

void is_emptied_in_time(size_t size)
{
    std::vector<char> memory(size);
    if (!lock(memory))
        return;
    char *data = memory.data();
    memory.clear();
    (void)cudaHostUnregister(data);
    memory.shrink_to_fit();
}

void is_cut(size_t size)
{
    std::vector<char> memory(size + 4096);
    if (!lock(memory))
        return;
    char *data = memory.data();
    memory.resize(memory.size() - 1000);
    memory.shrink_to_fit(); // expect: freed-while-registered
    (void)cudaHostUnregister(data);
}

void has_grown(size_t size)
{
    std::vector<char> memory(size);
    memory.push_back('x');
    if (!lock(memory))
        return;
    char *data = memory.data();
    memory.shrink_to_fit(); // expect: freed-while-registered
    (void)cudaHostUnregister(data);
}
