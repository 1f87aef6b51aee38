// Parameters of array type are pointers, whether the array is written or the name of a type.
#include <cuda_runtime.h>

#include <stdlib.h>

#define N 64

typedef double row[N];
typedef double matrix[N][N];

static cudaError_t pin_written(double values[N])
{
    return cudaHostRegister(&values[0], N * sizeof(double), cudaHostRegisterDefault);
}

static cudaError_t pin_row(const row values)
{
    return cudaHostRegister((void *)values, sizeof(row), cudaHostRegisterDefault);
}

static cudaError_t pin_matrix(matrix values)
{
    return cudaHostRegister(values[0], sizeof(matrix), cudaHostRegisterDefault);
}

static void unpin_row(row values)
{
    if (cudaHostUnregister(&values[0]) != cudaSuccess)
        abort();
}

int written(void)
{
    double *values = malloc(N * sizeof *values);
    if (values == NULL || pin_written(values) != cudaSuccess)
        return 1;
    free(values); // expect: freed-while-registered
    return 0;
}

int named(void)
{
    double *values = malloc(sizeof(row));
    if (values == NULL || pin_row(values) != cudaSuccess)
        return 1;
    free(values); // expect: freed-while-registered
    return 0;
}

int rows_of_a_matrix(void)
{
    row *values = malloc(sizeof(matrix));
    if (values == NULL || pin_matrix(values) != cudaSuccess)
        return 1;
    free(values); // expect: freed-while-registered
    return 0;
}

int undone(void)
{
    double *values = malloc(sizeof(row));
    if (values == NULL)
        return 1;
    if (pin_row(values) == cudaSuccess)
        unpin_row(values);
    free(values);
    return 0;
}
