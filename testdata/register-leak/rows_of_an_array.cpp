/* Blocks kept in an array of the function's own, as many as it is told: each is unregistered in a
 * second loop. */
#include <cuda_runtime.h>
#include <cstdlib>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

void rows_on_the_heap(int n)
{
    float **rows = new float *[n];
    for (int i = 0; i < n; i++) {
        rows[i] = new float[256];
        check(cudaHostRegister(rows[i], 256 * sizeof(float), cudaHostRegisterDefault));
    }
    for (int i = 0; i < n; i++) {
        check(cudaHostUnregister(rows[i]));
        delete[] rows[i];
    }
    delete[] rows;
}

/* The test of the loop is the first thing of a turn. */
void rows_with_the_test_inside(int n)
{
    float **rows = new float *[n];
    for (int i = 0;; i++) {
        if (i >= n)
            break;
        rows[i] = new float[256];
        check(cudaHostRegister(rows[i], 256 * sizeof(float), cudaHostRegisterDefault));
    }
    for (int i = 0; i < n; i++) {
        check(cudaHostUnregister(rows[i]));
        delete[] rows[i];
    }
    delete[] rows;
}

void rows_on_the_stack(unsigned n)
{
    char *rows[64];
    for (unsigned i = 0; i < n; i++) {
        rows[i] = new char[256];
        check(cudaHostRegister(rows[i], 256, cudaHostRegisterDefault));
    }
    for (unsigned i = 0; i < n; i++) {
        check(cudaHostUnregister(rows[i]));
        delete[] rows[i];
    }
}

void one_that_stays(char **table, int slot)
{
    char *own = new char[4096];
    char *last[4] = {own, nullptr, nullptr, nullptr};
    check(cudaHostRegister(own, 4096, cudaHostRegisterDefault)); // expect: register-leak
    last[slot] = table[0];
    last[0][0] = own[0];
}
