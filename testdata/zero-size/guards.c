// A guard of something else lets 0 pass: whether anybody gives it is not known.
#include <assert.h>
#include <cuda_runtime_api.h>
#include <stdlib.h>

cudaError_t checks_the_pointer(void *p, size_t n)
{
    if (p == NULL && n > 0)
        return cudaErrorInvalidValue;
    return cudaHostRegister(p, n, 0); /* expect: nonconstant-size */
}

cudaError_t leaves_by_goto(void *p, size_t n)
{
    cudaError_t status = cudaErrorInvalidValue;

    if (!p && n != 0)
        goto out;
    status = cudaHostRegister(p, n, 0); /* expect: nonconstant-size */
out:
    return status;
}

void *checks_the_allocation(size_t n)
{
    void *p = malloc(n);

    assert(p != NULL || n == 0);
    if (cudaHostRegister(p, n, 0) != cudaSuccess) /* expect: nonconstant-size */
        abort();
    return p;
}
