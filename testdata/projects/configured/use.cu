#include "pool.h"

#include <cuda_runtime.h>

#include <cstdlib>

void pinned_by_the_arena()
{
    void *block = arena_pinned(4096);

    if (block != nullptr)
        report_failure(cudaHostRegister(block, 4096, cudaHostRegisterDefault)); // expect: already-pinned
}

void freed_while_locked()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    report_failure(pool::lock(block, 4096));
    std::free(block); // expect: freed-while-registered
}

// Right.
void locked_and_unlocked()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    report_failure(pool::lock(block, 4096));
    report_failure(pool::unlock(block));
    std::free(block);
}

// Right: "rules" leaves the advice about sizes out.
void any_size(void *block, std::size_t size)
{
    report_failure(cudaHostRegister(block, size, cudaHostRegisterDefault));
}
