/* A mapping behind a global; who unmaps it is another file. */
#include "helpers.h"

#include <sys/mman.h>

char *arena_base;

bool arena_open(std::size_t bytes)
{
    void *pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return false;
    arena_base = static_cast<char *>(pages);
    return true;
}

void arena_close()
{
    pages_drop(arena_base, 1 << 20);
}
