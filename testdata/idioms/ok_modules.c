// Whoever uses it says how many there are; the last one, or a failure on the way, undoes them.
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
#define N 4
static void *ring[N];
static int n_up;
void ring_stop(void);
int ring_start(size_t bytes)
{
    if (bytes < 4096)
        return -1;
    for (n_up = 0; n_up < N; n_up++) {
        ring[n_up] = malloc(bytes);
        if (!ring[n_up]) {
            ring_stop();
            return -1;
        }
        cudaError_t e = cudaHostRegister(ring[n_up], bytes, cudaHostRegisterDefault);
        if (e != cudaSuccess) {
            fprintf(stderr, "%s\n", cudaGetErrorString(e));
            free(ring[n_up]);
            ring_stop();
            return -1;
        }
    }
    return 0;
}
void ring_stop(void)
{
    while (n_up > 0) {
        n_up--;
        (void)cudaHostUnregister(ring[n_up]);
        free(ring[n_up]);
        ring[n_up] = NULL;
    }
}

// Of no interest to the two: what else the file does with what it keeps.
const void *ring_slot(int i)
{
    return i < n_up ? ring[i] : NULL;
}
