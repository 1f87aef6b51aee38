#include "../../memory.h"

#include <cstdlib>

void *get_memory(std::size_t bytes)
{
    return std::malloc(bytes);
}

void put_memory(void *p)
{
    std::free(p);
}

/* The same in both. */
std::size_t memory_trailer()
{
    static unsigned calls;
    calls++;
    return 0;
}
