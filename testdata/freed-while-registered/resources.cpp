// A buffer on the stack that a memory resource gives out parts of.
#include <cuda_runtime.h>

#include <array>
#include <cstddef>
#include <memory_resource>
#include <vector>

static bool fill(std::pmr::vector<int> &numbers, int count)
{
    for (int i = 0; i < count; i++)
        numbers.push_back(i);
    return count < 100;
}

bool leaves_early(int count)
{
    std::array<std::byte, 16384> storage;
    if (cudaHostRegister(storage.data(), storage.size(), 0) != cudaSuccess)
        return false;
    {
        std::pmr::monotonic_buffer_resource arena(storage.data(), storage.size());
        std::pmr::vector<int> numbers(&arena);
        if (!fill(numbers, count))
            return false; // expect: freed-while-registered
    }
    return cudaHostUnregister(storage.data()) == cudaSuccess;
}

// Right.
bool leaves_at_the_end(int count)
{
    std::array<std::byte, 16384> storage;
    if (cudaHostRegister(storage.data(), storage.size(), 0) != cudaSuccess)
        return false;
    bool done;
    {
        std::pmr::monotonic_buffer_resource arena(storage.data(), storage.size());
        std::pmr::vector<int> numbers(&arena);
        done = fill(numbers, count);
    }
    return cudaHostUnregister(storage.data()) == cudaSuccess && done;
}
