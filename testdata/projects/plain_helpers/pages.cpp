/* Two calls away from what registers. */
#include "helpers.h"

#include <sys/mman.h>

void pages_drop(void *pages, std::size_t bytes)
{
    munmap(pages, bytes); // expect: freed-while-registered
}
