#include "support/mem.h"

#include <stdlib.h>
#include <unistd.h>

void *mem_alloc(size_t size)
{
    void *block = calloc(1, size ? size : 1);
    if (!block)
        mem_exhausted();
    return block;
}

void *mem_realloc(void *block, size_t size)
{
    void *moved = realloc(block, size ? size : 1);
    if (!moved)
        mem_exhausted();
    return moved;
}

void mem_exhausted(void)
{
    static const char sentence[] =
        "cuhostlint: out of memory; try fewer files at a time, or a smaller -j\n";
    ssize_t ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)ignored;
    _exit(MEM_EXIT_STATUS);
}
