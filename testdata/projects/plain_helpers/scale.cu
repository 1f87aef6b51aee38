/* The launch stands behind a function of another file. */
#include "helpers.h"

__global__ void scale_kernel(float *values, float by)
{
    values[threadIdx.x] *= by;
}

void scale(float *values, float by)
{
    scale_kernel<<<1, 128>>>(values, by); // expect: use-after-unregister
}
