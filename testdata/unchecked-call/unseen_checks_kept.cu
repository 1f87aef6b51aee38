// Where stand-ins for what the missing header declares would make more errors than they mend, none
// are used; a name that is called is known all the same.
#include "not_there_checks.h"

#include <cuda_runtime.h>

template <class T> class Table;

template <class T> STATUS pin_rows(Table<T> &table, T *first, T *second)
{
    table.prepare();
    table.resize(16);
    cudaHostRegister(first, 16 * sizeof(T), cudaHostRegisterMapped);
    cudaCheckError();
    cudaHostRegister(second, 16 * sizeof(T), cudaHostRegisterMapped);
    CHECK_GPU_ERROR();
    table.fill(first, second);
    return STATUS_OK;
}

template STATUS pin_rows<float>(Table<float> &, float *, float *);
template STATUS pin_rows<double>(Table<double> &, double *, double *);
template STATUS pin_rows<int>(Table<int> &, int *, int *);

template <class T> STATUS pin_columns(Table<T> &table, T *first)
{
    table.prepare();
    cudaHostRegister(first, 16 * sizeof(T), cudaHostRegisterMapped); // expect: unchecked-call
    beginPhase();
    return STATUS_OK;
}

template STATUS pin_columns<float>(Table<float> &, float *);
template STATUS pin_columns<double>(Table<double> &, double *);
