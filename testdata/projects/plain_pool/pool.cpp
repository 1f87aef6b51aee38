/* Names no CUDA function, and frees what main.cpp registered. */
#include "pool.h"

#include <cstdlib>
void *pool_get(std::size_t len)
{
    return std::malloc(len);
}
void pool_put(void *p)
{
    std::free(p); // expect: freed-while-registered
}
