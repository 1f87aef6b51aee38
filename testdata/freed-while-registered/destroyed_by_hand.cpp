/* The destructor call that goes with placement new: a trivial one changes nothing. */
#include <cuda_runtime.h>
#include <cstdlib>
#include <new>

struct Block {
    float values[256];
};

void by_hand()
{
    void *raw = malloc(sizeof(Block));
    if (!raw)
        return;
    Block *block = new (raw) Block();
    if (cudaHostRegister(block, sizeof *block, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    block->~Block();
    free(raw); // expect: freed-while-registered
}
