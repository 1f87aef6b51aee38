// Members that the headers at hand do not have, as where a generated header is missing.
#include <cuda_runtime.h>

#include <cstdlib>

struct Plan {
    int dimensions;
};

// Two members are two pointers, and none of them is the struct.
void two(Plan *plan, size_t size)
{
    if (size == 0)
        return;
    if (cudaHostRegister(plan->in, size, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (cudaHostRegister(plan->out, size, cudaHostRegisterDefault) != cudaSuccess)
        abort();
}

void freed(Plan *plan)
{
    if (cudaHostRegister(plan->in, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    std::free(plan);
}

void undone(Plan plan)
{
    if (cudaHostUnregister(plan.in) != cudaSuccess)
        abort();
    if (cudaHostUnregister(plan.out) != cudaSuccess)
        abort();
}

// What the headers have is still followed.
void known(Plan *plan, char *block)
{
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: double-register
        abort();
    plan->dimensions = 1;
    if (cudaHostUnregister(block) != cudaSuccess)
        abort();
}
