/* Nobody is handed the block that the static keeps: what undoes other people's memory is no help. */
#include <cuda_runtime.h>
#include <stdlib.h>

static void *scratch;

int begin(void)
{
    if (scratch)
        return 0;
    scratch = malloc(4096);
    if (scratch == NULL)
        return -1;
    if (cudaHostRegister(scratch, 4096, cudaHostRegisterPortable) != cudaSuccess) { // expect: register-leak
        free(scratch);
        scratch = NULL;
        return -1;
    }
    return 0;
}

int undo(void *block)
{
    return cudaHostUnregister(block) == cudaSuccess ? 0 : -1;
}
