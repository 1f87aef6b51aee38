/* Values, and a table of functions that nobody names. */
#include "helpers.h"

#include <cstdlib>

static void heap_put(void *p)
{
    std::free(p); // expect: freed-while-registered
}

const unsigned upload_flags = 64;
const std::size_t trailers[2] = {0, 0};
const HeapOps heap_ops = {std::malloc, heap_put};
