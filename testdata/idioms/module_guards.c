// What a file keeps in its statics is registered from one size on, and unregistered from another.
#include <cuda_runtime.h>
#include <stdlib.h>
static void *stage;
static size_t bytes;
int stage_up(size_t n)
{
    stage = malloc(n);
    if (!stage)
        return -1;
    bytes = n;
    if (n > 4096 && cudaHostRegister(stage, n, 0) != cudaSuccess)
        return -1;
    return 0;
}
void stage_down(void)
{
    if (bytes > 65536)
        (void)cudaHostUnregister(stage);
    free(stage); // expect: freed-while-registered
    stage = NULL;
}
