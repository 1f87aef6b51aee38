// What fits into the memory that a vector has does not move it.
#include <cstddef>
#include <cuda_runtime_api.h>
#include <string>
#include <vector>

static bool lock(std::vector<char> &memory)
{
    return memory.size() >= 4096 &&
           cudaHostRegister(memory.data(), memory.capacity(), 0) == cudaSuccess;
}

static void unlock(std::vector<char> &memory)
{
    (void)cudaHostUnregister(memory.data());
}

void adds_where_there_is_room(std::vector<char> &memory)
{
    if (!lock(memory))
        return;
    if (memory.size() != memory.capacity())
        memory.push_back('x');
    unlock(memory);
}

void adds_below_capacity(std::vector<char> &memory)
{
    if (!lock(memory))
        return;
    while (memory.size() < memory.capacity())
        memory.push_back('x');
    unlock(memory);
}

void adds_where_it_is_full(std::vector<char> &memory)
{
    if (!lock(memory))
        return;
    if (memory.size() == memory.capacity())
        memory.push_back('x'); // expect: freed-while-registered
    unlock(memory);
}

void resizes_within(std::vector<char> &memory, std::size_t size)
{
    if (!lock(memory))
        return;
    if (size <= memory.capacity())
        memory.resize(size);
    unlock(memory);
}

void reserves_more(std::vector<char> &memory, std::size_t size)
{
    if (!lock(memory))
        return;
    if (size > memory.capacity())
        memory.reserve(size); // expect: freed-while-registered
    unlock(memory);
}

void asks_before_it_moved(std::vector<char> &memory)
{
    if (memory.size() == memory.capacity())
        return;
    memory.resize(memory.capacity() + 1);
    if (!lock(memory))
        return;
    memory.push_back('x'); // expect: freed-while-registered
    unlock(memory);
}

void shrinks(std::vector<char> &memory)
{
    if (!lock(memory))
        return;
    if (memory.size() < memory.capacity())
        memory.shrink_to_fit(); // expect: freed-while-registered
    unlock(memory);
}

void inserts(std::vector<char> &memory, const char *more, std::size_t count)
{
    if (!lock(memory))
        return;
    memory.insert(memory.end(), more, more + count); // expect: freed-while-registered
    unlock(memory);
}

void inserts_where_there_is_room(std::vector<char> &memory, const char *more, std::size_t count)
{
    if (!lock(memory))
        return;
    bool moves = memory.size() + count > memory.capacity();
    if (moves)
        unlock(memory);
    memory.insert(memory.end(), more, more + count);
    if (!moves)
        unlock(memory);
}

void appends(const std::string &more)
{
    std::string text(4096, ' ');
    if (cudaHostRegister(text.data(), text.size(), 0) != cudaSuccess)
        return;
    if (text.size() + more.size() <= text.capacity())
        text.append(more);
    text.append(3, ' '); // expect: freed-while-registered
    (void)cudaHostUnregister(text.data());
}
