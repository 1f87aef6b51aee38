#include "../memory.h"

#include <cuda_runtime_api.h>

int main()
{
    void *p = get_memory(4096);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess) {
        put_memory(p);
        return 1;
    }
    put_memory(p);
    return 0;
}
