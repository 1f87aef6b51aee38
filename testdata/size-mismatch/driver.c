#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

struct samples {
    size_t count;
    float *values;
};

static int samples_make(struct samples *samples, size_t count)
{
    samples->count = count;
    samples->values = malloc(count * sizeof *samples->values);
    return samples->values != NULL;
}

/* The count of the struct is a count of elements. */
void driver_count(void)
{
    struct samples samples;

    (void)cudaFree(NULL);
    if (!samples_make(&samples, 4096))
        return;
    if (cuMemHostRegister(samples.values, samples.count, 0) == CUDA_SUCCESS) /* expect: size-mismatch */
        (void)cuMemHostUnregister(samples.values);
    free(samples.values);
}

/* Right. */
void driver_bytes(void)
{
    struct samples samples;

    (void)cudaFree(NULL);
    if (!samples_make(&samples, 4096))
        return;
    if (cuMemHostRegister(samples.values, samples.count * sizeof(float), 0) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(samples.values);
    free(samples.values);
}

static const struct run_case cases[] = {CASE(driver_count), CASE(driver_bytes)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
