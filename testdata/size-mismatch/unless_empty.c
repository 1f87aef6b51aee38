/* Sizes that are too large for any number of elements but none. */
#include <cuda_runtime.h>
#include <stdlib.h>

static int done(void *p, cudaError_t status)
{
    if (status == cudaSuccess)
        status = cudaHostUnregister(p);
    free(p);
    return status == cudaSuccess ? 0 : -1;
}

int of_another_type(size_t n)
{
    float *p = malloc(n * sizeof(float));
    if (!p || n == 0)
        return -1;
    return done(p, cudaHostRegister(p, n * sizeof(double), 0)); // expect: size-mismatch
}

int one_row_too_many(size_t width, size_t height)
{
    size_t pitch = (width * 4 + 255) & ~(size_t)255;
    char *p = malloc(pitch * height);
    if (!p || pitch == 0)
        return -1;
    return done(p, cudaHostRegister(p, pitch * (height + 1), 0)); // expect: size-mismatch
}

int twice_as_much(size_t n)
{
    char *p = malloc(n * 4);
    if (!p)
        return -1;
    return done(p, cudaHostRegister(p, n * 8, 0)); // expect: size-mismatch, nonconstant-size
}

int as_much(size_t n)
{
    double *p = malloc(n * sizeof(double));
    if (!p || n == 0)
        return -1;
    return done(p, cudaHostRegister(p, n * sizeof *p, 0));
}

/* Which of the two is larger, nobody knows. */
int of_other_counts(size_t n, size_t rows, size_t columns)
{
    char *p = malloc(n * rows);
    if (!p || n == 0 || columns == 0)
        return -1;
    return done(p, cudaHostRegister(p, n * columns, 0));
}

int of_a_scale(size_t n, size_t scale)
{
    char *p = malloc(n * 2);
    if (!p || n == 0 || scale < 1 || scale > 2)
        return -1;
    return done(p, cudaHostRegister(p, n * scale, 0));
}
