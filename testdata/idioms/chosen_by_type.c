/* _Generic chooses by the type of an expression that it does not evaluate. */
#include <cuda.h>
#include <cuda_runtime_api.h>
#include <stdlib.h>

static int runtime_is_fine(cudaError_t status)
{
    return status == cudaSuccess;
}

static int driver_is_fine(CUresult status)
{
    return status == CUDA_SUCCESS;
}

#define FINE(call) _Generic((call), cudaError_t: runtime_is_fine, CUresult: driver_is_fine)(call)

int registered_once(void)
{
    void *data = malloc(4096);
    if (!data)
        return -1;
    if (!FINE(cudaHostRegister(data, 4096, cudaHostRegisterDefault))) {
        free(data);
        return -1;
    }
    if (!FINE(cuMemHostUnregister(data)))
        abort();
    free(data);
    return 0;
}

int registered_twice(void *data)
{
    if (!FINE(cudaHostRegister(data, 4096, cudaHostRegisterDefault)))
        return -1;
    if (!FINE(cuMemHostRegister(data, 4096, 0))) /* expect: double-register */
        return -1;
    return FINE(cudaHostUnregister(data)) ? 0 : -1;
}
