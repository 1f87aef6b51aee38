#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

void driver_address(void)
{
    char *ring = malloc(65536);

    (void)cudaFree(NULL);
    if (ring == NULL)
        return;
    if (cuMemHostRegister(&ring, 64, CU_MEMHOSTREGISTER_DEVICEMAP) == CUDA_SUCCESS) /* expect: address-of-pointer */
        (void)cuMemHostUnregister(&ring);
    free(ring);
}

/* Right. */
void driver_buffer(void)
{
    char *ring = malloc(65536);

    (void)cudaFree(NULL);
    if (ring == NULL)
        return;
    if (cuMemHostRegister(ring, 65536, CU_MEMHOSTREGISTER_DEVICEMAP) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(ring);
    free(ring);
}

static const struct run_case cases[] = {CASE(driver_address), CASE(driver_buffer)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
