#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

#define CU(call)                                                                                   \
    do {                                                                                           \
        CUresult cu_result = (call);                                                               \
        if (cu_result != CUDA_SUCCESS) {                                                           \
            fprintf(stderr, "line %d: %d\n", __LINE__, (int)cu_result);                            \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define SIZE 8192

static char area[SIZE];

static void start(void)
{
    if (cudaFree(NULL) != cudaSuccess)
        exit(1);
}

void driver_unknown_bit(void)
{
    start();
    CU(cuMemHostRegister(area, SIZE, 0x20)); /* expect: invalid-flags */
    CU(cuMemHostUnregister(area));
}

void driver_allocation(void)
{
    void *block = NULL;

    start();
    CU(cuMemHostAlloc(&block, SIZE, CU_MEMHOSTREGISTER_READ_ONLY)); /* expect: invalid-flags */
    CU(cuMemFreeHost(block));
}

void driver_alloc_flag(void)
{
    start();
    CU(cuMemHostRegister(area, SIZE, CU_MEMHOSTALLOC_PORTABLE)); /* expect: invalid-flags */
    CU(cuMemHostUnregister(area));
}

void driver_register_flag(void)
{
    void *block = NULL;

    start();
    CU(cuMemHostAlloc(&block, SIZE, CU_MEMHOSTREGISTER_DEVICEMAP)); /* expect: invalid-flags */
    CU(cuMemFreeHost(block));
}

/* The flags go through a struct and a helper. */
struct options {
    unsigned int flags;
};

static CUresult pin(void *block, const struct options *options)
{
    return cuMemHostRegister(block, SIZE, options->flags); /* expect: invalid-flags */
}

void through_a_helper(void)
{
    const struct options strange = {0x80};

    start();
    if (pin(area, &strange) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(area);
}

/* Right. */
void through_a_helper_with_good_flags(void)
{
    const struct options usual = {CU_MEMHOSTREGISTER_PORTABLE};

    start();
    if (pin(area, &usual) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(area);
}

/* Right. */
void driver_own_flags(void)
{
    void *block = NULL;

    start();
    CU(cuMemHostRegister(area, SIZE, CU_MEMHOSTREGISTER_PORTABLE | CU_MEMHOSTREGISTER_READ_ONLY));
    CU(cuMemHostUnregister(area));
    CU(cuMemHostAlloc(&block, SIZE, CU_MEMHOSTALLOC_PORTABLE | CU_MEMHOSTALLOC_WRITECOMBINED));
    CU(cuMemFreeHost(block));
}

/* Right: the other API, the same family. */
void register_flags_of_the_driver(void)
{
    if (cudaHostRegister(area, SIZE, CU_MEMHOSTREGISTER_PORTABLE) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

static const struct run_case cases[] = {
    CASE(driver_unknown_bit), CASE(driver_allocation), CASE(driver_alloc_flag),
    CASE(driver_register_flag), CASE(through_a_helper), CASE(through_a_helper_with_good_flags),
    CASE(driver_own_flags), CASE(register_flags_of_the_driver),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
