// Memory of which nothing is known but that it could be registered, or unregistered: no pinned
// allocator gave it.
#include <cuda_runtime.h>

#include <cstdlib>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void freed_after_the_undo(char *block)
{
    check(cudaHostUnregister(block));
    check(cudaFreeHost(block)); // expect: mismatched-free
}

int freed_after_a_tested_undo(char *block)
{
    if (cudaHostUnregister(block) != cudaSuccess)
        return 1;
    return cudaFreeHost(block); // expect: mismatched-free
}

void freed_while_registered(char *block)
{
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    check(cudaFreeHost(block)); // expect: mismatched-free
    check(cudaHostUnregister(block));
}

static void undo(char *block)
{
    check(cudaHostUnregister(block));
}

static void give_back(char *block)
{
    check(cudaFreeHost(block)); // expect: mismatched-free
}

void freed_by_helpers(char *block)
{
    undo(block);
    give_back(block);
}

struct owner {
    char *block;
    ~owner()
    {
        check(cudaHostUnregister(block));
        check(cudaFreeHost(block)); // expect: mismatched-free
    }
};

// Right: each flag goes with one kind of memory.
void by_two_flags(char *block, bool is_registered, bool is_pinned)
{
    if (is_registered)
        check(cudaHostUnregister(block));
    if (is_pinned)
        check(cudaFreeHost(block));
    else
        std::free(block);
}

static void undo_if(char *block, bool is_registered)
{
    if (is_registered)
        check(cudaHostUnregister(block));
}

void by_two_flags_in_a_helper(char *block, bool is_registered, bool is_pinned)
{
    undo_if(block, is_registered);
    if (is_pinned)
        check(cudaFreeHost(block));
}

struct either {
    char *block;
    bool is_registered, is_pinned;
    ~either()
    {
        if (is_registered)
            check(cudaHostUnregister(block));
        if (is_pinned)
            check(cudaFreeHost(block));
    }
};

// Right: what is no registration, says the one call, the other one frees.
void whichever_it_is(char *block)
{
    if (cudaHostUnregister(block) != cudaSuccess) {
        (void)cudaGetLastError();
        check(cudaFreeHost(block));
    }
}

void whichever_it_is_without_a_test(char *block)
{
    (void)cudaHostUnregister(block);
    (void)cudaFreeHost(block);
}

// Right: another block in the same variable.
void another_block(char *block)
{
    check(cudaHostUnregister(block));
    std::free(block);
    check(cudaMallocHost(&block, 4096));
    check(cudaFreeHost(block));
}
