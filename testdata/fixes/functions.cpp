// Functions that take the status.
#include <cuda_runtime.h>

#include <stdexcept>

static char area[4096];

void too_early()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaHostUnregister(area);               // expect: unchecked-call
}

static void must(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

// Gives the status on: who calls it must look.
static cudaError_t traced(cudaError_t status)
{
    return status;
}

cudaError_t shows_how()
{
    must(cudaHostRegister(area, sizeof area, 0));
    must(cudaHostUnregister(area));
    return traced(cudaGetLastError());
}

void plain()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaHostUnregister(area);               // expect: unchecked-call
}

// What throws is nothing for a destructor.
struct owner {
    owner()
    {
        must(cudaHostRegister(area, sizeof area, 0));
    }
    ~owner()
    {
        cudaHostUnregister(area); // expect: unchecked-call
    }
};

void lambda()
{
    auto undo = [] {
        cudaHostUnregister(area); // expect: unchecked-call
    };

    must(cudaHostRegister(area, sizeof area, 0));
    undo();
}
