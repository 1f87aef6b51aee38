/* What comes of pinning the variable in place of its buffer is said once, where that was done. */
#include <cuda_runtime.h>
#include <stdlib.h>

void unregistered_by_value(void)
{
    float *buffer = (float *)malloc(4096);
    if (!buffer)
        return;
    if (cudaHostRegister(&buffer, 4096, cudaHostRegisterDefault) == cudaSuccess) // expect: address-of-pointer
        (void)cudaHostUnregister(buffer);
    free(buffer);
}

void never_unregistered(void)
{
    float *buffer = (float *)malloc(4096);
    if (!buffer)
        return;
    if (cudaHostRegister(&buffer, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: address-of-pointer
        abort();
    free(buffer);
}
