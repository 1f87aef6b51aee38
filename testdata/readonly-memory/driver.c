#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

static const double weights[4] = {1, 2, 3, 4};

static int pin(const void *block, size_t size, unsigned int flags)
{
    if (size == 0)
        return 0;
    return cuMemHostRegister((void *)block, size, flags) == CUDA_SUCCESS; /* expect: readonly-memory */
}

void driver_constant(void)
{
    (void)cudaFree(NULL);
    if (pin(weights, sizeof weights, CU_MEMHOSTREGISTER_PORTABLE))
        (void)cuMemHostUnregister((void *)weights);
}

/* Right: the same helper with the flag. */
void driver_constant_with_the_flag(void)
{
    (void)cudaFree(NULL);
    if (pin(weights, sizeof weights, CU_MEMHOSTREGISTER_READ_ONLY))
        (void)cuMemHostUnregister((void *)weights);
}

void driver_literal(void)
{
    (void)cudaFree(NULL);
    if (cuMemHostRegister("literal", sizeof "literal", 0) == CUDA_SUCCESS) /* expect: readonly-memory */
        puts("registered");
}

static const struct run_case cases[] = {CASE(driver_constant), CASE(driver_constant_with_the_flag),
                                        CASE(driver_literal)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
