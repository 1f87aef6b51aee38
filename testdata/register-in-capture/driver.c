#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

static char area[4096];

static CUstream make_stream(void)
{
    CUstream stream = NULL;

    if (cudaFree(NULL) != cudaSuccess || cuStreamCreate(&stream, CU_STREAM_DEFAULT) != CUDA_SUCCESS)
        exit(1);
    return stream;
}

void driver_capture(void)
{
    CUstream stream = make_stream();
    CUgraph graph;

    if (cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_GLOBAL) != CUDA_SUCCESS)
        exit(1);
    if (cuMemHostRegister(area, sizeof area, 0) != CUDA_SUCCESS) /* expect: register-in-capture */
        fprintf(stderr, "not registered\n");
    (void)cuStreamEndCapture(stream, &graph);
}

/* Right. */
void driver_relaxed(void)
{
    CUstream stream = make_stream();
    CUgraph graph;

    if (cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_RELAXED) != CUDA_SUCCESS)
        exit(1);
    if (cuMemHostRegister(area, sizeof area, 0) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(area);
    (void)cuStreamEndCapture(stream, &graph);
}

/* Right: ended before. */
void driver_after_the_end(void)
{
    CUstream stream = make_stream();
    CUgraph graph;

    if (cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL) != CUDA_SUCCESS)
        exit(1);
    if (cuStreamEndCapture(stream, &graph) != CUDA_SUCCESS)
        exit(1);
    if (cuMemHostRegister(area, sizeof area, 0) == CUDA_SUCCESS)
        (void)cuMemHostUnregister(area);
}

static const struct run_case cases[] = {CASE(driver_capture), CASE(driver_relaxed),
                                        CASE(driver_after_the_end)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
