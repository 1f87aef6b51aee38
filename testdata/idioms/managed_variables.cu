// A __managed__ variable is managed memory; the host's copy of another one is not.
#include <cuda_runtime.h>

__managed__ double residual[4096];
__device__ __managed__ int counts[4096];
static double history[4096];

void wrong()
{
    if (cudaHostRegister(residual, sizeof residual, 0) != cudaSuccess) // expect: not-host-memory
        return;
    (void)cudaHostUnregister(residual);
}

void wrong_part()
{
    if (cudaHostRegister(counts + 1024, 4096, 0) != cudaSuccess) // expect: not-host-memory
        return;
    (void)cudaHostUnregister(counts + 1024);
}

void right()
{
    if (cudaHostRegister(history, sizeof history, 0) != cudaSuccess)
        return;
    (void)cudaHostUnregister(history);
}

int main()
{
    wrong();
    wrong_part();
    right();
}
