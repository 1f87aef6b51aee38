#include "pool.h"

#include <cuda_runtime_api.h>
int main()
{
    void *p = pool_get(4096);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess) {
        pool_put(p);
        return 1;
    }
    pool_put(p);
    return 0;
}
