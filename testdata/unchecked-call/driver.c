/* The driver API in C; statuses in loops and on clean-up paths. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"
#include "../unseen.h"

static char area[1 << 14];

void driver_discarded(void)
{
    void *block = NULL;

    (void)cudaFree(NULL);
    cuMemHostRegister(area, sizeof area, CU_MEMHOSTREGISTER_PORTABLE); /* expect: unchecked-call */
    cuMemHostUnregister(area);                                         /* expect: unchecked-call */
    cuMemAllocHost(&block, 4096);                                      /* expect: unchecked-call */
    cuMemFreeHost(block);                                              /* expect: unchecked-call */
    cuMemHostAlloc(&block, 4096, CU_MEMHOSTALLOC_PORTABLE);            /* expect: unchecked-call */
    if (cuMemFreeHost(block) != CUDA_SUCCESS)
        abort();
}

/* Only the last turn is looked at. */
int only_the_last_turn(void)
{
    CUresult result = CUDA_SUCCESS;

    for (size_t at = 0; at < sizeof area; at += 4096)
        result = cuMemHostRegister(area + at, 4096, 0); /* expect: unchecked-call */
    for (size_t at = 0; at < sizeof area; at += 4096)
        (void)cuMemHostUnregister(area + at);
    return result == CUDA_SUCCESS;
}

/* Right: each turn is looked at. */
int each_turn(void)
{
    CUresult result = CUDA_SUCCESS;
    size_t at;

    for (at = 0; at < sizeof area && result == CUDA_SUCCESS; at += 4096)
        result = cuMemHostRegister(area + at, 4096, 0);
    if (result != CUDA_SUCCESS) {
        fprintf(stderr, "stopped at %zu\n", at);
        exit(1);
    }
    for (at = 0; at < sizeof area; at += 4096)
        if ((result = cuMemHostUnregister(area + at)) != CUDA_SUCCESS)
            exit(1);
    return 1;
}

/* The clean-up of an error path: a note each. */
int clean_up(void)
{
    void *block = NULL;
    int good = 0;

    if (cudaMallocHost(&block, 4096) != cudaSuccess)
        return 0;
    if (cudaHostRegister(area, 4096, 0) != cudaSuccess)
        goto free_block;
    good = unseen_choice();
    cudaHostUnregister(area); /* expect: unchecked-call */
free_block:
    cudaFreeHost(block); /* expect: unchecked-call */
    return good;
}

/* Right. */
#define TRY(call, label)                                                                           \
    if ((result = (call)) != CUDA_SUCCESS)                                                         \
        goto label

CUresult clean_up_with_goto(void)
{
    CUresult result;
    void *block = NULL;

    TRY(cuMemAllocHost(&block, 4096), done);
    TRY(cuMemHostRegister(area, 4096, 0), release);
    TRY(cuMemHostUnregister(area), release);
release:
    (void)cuMemFreeHost(block);
done:
    return result;
}

/* Right: a comparison with a tolerated code is a comparison. */
int tolerates_a_code(void)
{
    return cudaHostRegister(area, 4096, 0) != cudaErrorHostMemoryAlreadyRegistered &&
           cudaHostUnregister(area) != cudaErrorCudartUnloading;
}

/* Right: in an initialiser of a struct that is returned. */
struct outcome {
    cudaError_t status;
    void *block;
};

struct outcome pin(void *block)
{
    struct outcome outcome = {cudaHostRegister(block, 4096, 0), block};

    return outcome;
}

/* Right: through a parameter. */
void tell(void *block, cudaError_t *status)
{
    *status = cudaHostUnregister(block);
}

static void only_the_last_turn_run(void)
{
    (void)cudaFree(NULL);
    (void)only_the_last_turn();
}

static void each_turn_run(void)
{
    (void)cudaFree(NULL);
    (void)each_turn();
}

static void clean_up_run(void)
{
    (void)clean_up();
    (void)clean_up_with_goto();
}

static const struct run_case cases[] = {CASE(driver_discarded), CASE(only_the_last_turn_run),
                                        CASE(each_turn_run), CASE(clean_up_run)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
