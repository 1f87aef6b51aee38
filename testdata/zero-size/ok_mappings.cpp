// Right: mmap of 0 bytes fails, so a mapping that is there has bytes to register.
#include "../unseen.h"

#include <cstdint>
#include <cuda_runtime.h>
#include <sys/mman.h>

static size_t round_up(size_t size, size_t page)
{
    if (size > SIZE_MAX - (page - 1))
        return 0; // too large: the caller's mmap fails
    return (size + page - 1) / page * page;
}

static void *map_and_register(size_t size)
{
    size_t bytes = round_up(size, 4096);
    void *mapping =
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (mapping == MAP_FAILED)
        return nullptr;
    if (cudaHostRegister(mapping, bytes, 0) != cudaSuccess) { // expect: register-leak
        munmap(mapping, bytes);
        return nullptr;
    }
    return mapping;
}

int main()
{
    return map_and_register(unseen_size()) == nullptr;
}
