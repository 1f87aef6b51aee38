#include "../memory.h"

#include <cuda_runtime_api.h>

bool register_trailer(char *at)
{
    return cudaHostRegister(at, memory_trailer(), 0) == cudaSuccess; // expect: zero-size
}

int main()
{
    void *p = get_memory(4096);
    if (!p)
        return 1;
    /* which of the two it is depends on the build */
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess) {
        put_memory(p);
        return 1;
    }
    put_memory(p);
    return 0;
}
