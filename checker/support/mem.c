#include "support/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *mem_alloc(size_t size)
{
    void *block = calloc(1, size ? size : 1);
    if (!block)
        mem_exhausted();
    return block;
}

/* On other systems there is just no gain. */
static void ask_for_huge_pages(void *block, size_t size)
{
    const uintptr_t page = (uintptr_t)2 * 1024 * 1024;
    uintptr_t from = ((uintptr_t)block + page - 1) & ~(page - 1);
    uintptr_t until = ((uintptr_t)block + size) & ~(page - 1);
    if (from < until)
        madvise((unsigned char *)block + (from - (uintptr_t)block), until - from, MADV_HUGEPAGE);
}

void *mem_large(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block)
        mem_exhausted();
    ask_for_huge_pages(block, size);
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
