#include "../memory.h"

#include <cstdlib>

void *get_memory(std::size_t bytes)
{
    return std::malloc(bytes);
}

void put_memory(void *p)
{
    std::free(p); // expect: freed-while-registered
}
