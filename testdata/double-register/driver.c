/* Both APIs; C. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"
#include "../unseen.h"

#define CU(call)                                                                                   \
    do {                                                                                           \
        if ((call) != 0) {                                                                         \
            fprintf(stderr, "%d: failed\n", __LINE__);                                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static char area[16384];

void driver_twice(void)
{
    (void)cudaFree(NULL);
    CU(cuMemHostRegister(area, sizeof area, 0));
    CU(cuMemHostRegister(area, sizeof area, 0)); /* expect: double-register */
    CU(cuMemHostUnregister(area));
}

void runtime_then_driver(void)
{
    CU(cudaHostRegister(area, sizeof area, 0));
    CU(cuMemHostRegister(area + 4096, 4096, 0)); /* expect: double-register */
    CU(cuMemHostUnregister(area));
}

void driver_then_runtime(void)
{
    (void)cudaFree(NULL);
    CU(cuMemHostRegister(area, sizeof area, 0));
    CU(cuMemHostUnregister(area));
    CU(cudaHostRegister(area, sizeof area, 0));
    CU(cudaHostUnregister(area));
}

/* 712 accepted on purpose, by a wrapper. */
static bool pin_if_needed(void *block, size_t size)
{
    CUresult result = cuMemHostRegister(block, size, CU_MEMHOSTREGISTER_PORTABLE);

    switch (result) {
    case CUDA_SUCCESS:
    case CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED:
        return true;
    default:
        return false;
    }
}

void pinned_if_needed(void)
{
    (void)cudaFree(NULL);
    if (!pin_if_needed(area, sizeof area))
        return;
    if (!pin_if_needed(area, sizeof area))
        return;
    (void)cuMemHostUnregister(area);
}

/* Two fields that may be one buffer: the code asks. */
struct pair {
    char *in, *out;
};

int in_and_out(struct pair *pair)
{
    if (cudaHostRegister(pair->in, 4096, 0) != cudaSuccess)
        return -1;
    if (pair->out != pair->in && cudaHostRegister(pair->out, 4096, 0) != cudaSuccess) {
        (void)cudaHostUnregister(pair->in);
        return -1;
    }
    return 0;
}

/* The same pointer under two names. */
int in_is_out(char *block)
{
    struct pair pair = {block, block};

    if (cudaHostRegister(pair.in, 4096, 0) != cudaSuccess)
        return -1;
    if (cudaHostRegister(pair.out, 4096, 0) != cudaSuccess) { /* expect: double-register */
        (void)cudaHostUnregister(pair.in);
        return -1;
    }
    return 0;
}

/* goto back to the start. */
void retry_without_undo(void)
{
    int tries = 0;

retry:
    CU(cudaHostRegister(area, sizeof area, 0)); /* expect: double-register */
    if (unseen_choice() && tries++ < 3)
        goto retry;
    CU(cudaHostUnregister(area));
}

/* Right: tries again only after a failure. */
void retry_after_failure(void)
{
    int tries = 0;
    cudaError_t status;

    do {
        status = cudaHostRegister(area, sizeof area, 0);
    } while (status != cudaSuccess && tries++ < 3);
    if (status == cudaSuccess)
        CU(cudaHostUnregister(area));
}

static void pair_run(void)
{
    (void)in_is_out(area);
}

static const struct run_case cases[] = {
    CASE(driver_twice), CASE(runtime_then_driver), CASE(driver_then_runtime),
    CASE(pinned_if_needed), CASE(pair_run), CASE(retry_without_undo), CASE(retry_after_failure),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
