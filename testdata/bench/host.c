#include <cuda_runtime_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    size_t bytes = (size_t)64 << 20;
    char *block = malloc(bytes);
    if (block == NULL)
        return 1;
    memset(block, 0, bytes);
    if (cudaHostRegister(block, bytes, cudaHostRegisterDefault) != cudaSuccess) {
        fprintf(stderr, "cannot register\n");
        free(block);
        return 1;
    }
    int failed = cudaHostUnregister(block) != cudaSuccess;
    free(block);
    return failed;
}
