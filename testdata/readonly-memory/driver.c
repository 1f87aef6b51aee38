#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const char *const greeting = "hello";
static const char *const words[] = {"one", "two"};
static const char *replaceable = "a literal at first";

void literal_behind_a_constant_pointer(void)
{
    (void)cudaFree(NULL);
    if (cuMemHostRegister((void *)greeting, strlen(greeting), 0) == CUDA_SUCCESS) /* expect: readonly-memory */
        puts("registered");
    if (cuMemHostRegister((void *)words[1], sizeof "two", 0) == CUDA_SUCCESS) /* expect: readonly-memory */
        puts("registered");
}

void name(const char *now)
{
    replaceable = now;
}

/* Right: the pointer is no constant, so what it points to may be something else by now. */
void literal_that_may_have_gone(void)
{
    if (cuMemHostRegister((void *)replaceable, 8, 0) == CUDA_SUCCESS)
        (void)cuMemHostUnregister((void *)replaceable);
}

static const struct run_case cases[] = {CASE(driver_constant), CASE(driver_constant_with_the_flag),
                                        CASE(driver_literal),
                                        CASE(literal_behind_a_constant_pointer)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
