#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

#define SIZE 4096

static void need(int good)
{
    if (!good)
        exit(1);
}

static void start(void)
{
    need(cudaFree(NULL) == cudaSuccess);
}

void driver_device_memory(void)
{
    CUdeviceptr device;

    start();
    need(cuMemAlloc(&device, SIZE) == CUDA_SUCCESS);
    need(cuMemHostRegister((void *)(uintptr_t)device, SIZE, 0) == CUDA_SUCCESS); /* expect: not-host-memory */
    need(cuMemFree(device) == CUDA_SUCCESS);
}

void driver_managed_memory(void)
{
    CUdeviceptr managed;

    start();
    need(cuMemAllocManaged(&managed, SIZE, CU_MEM_ATTACH_GLOBAL) == CUDA_SUCCESS);
    need(cuMemHostRegister((void *)managed, SIZE, 0) == CUDA_SUCCESS); /* expect: not-host-memory */
    need(cuMemFree(managed) == CUDA_SUCCESS);
}

/* The wrapper gives NULL where it fails, and the caller does not look where it knows. */
static void *acquire(int want)
{
    return want ? malloc(SIZE) : NULL;
}

void nothing_acquired(void)
{
    void *block = acquire(0);

    start();
    need(cuMemHostRegister(block, SIZE, 0) == CUDA_SUCCESS); /* expect: not-host-memory */
}

void something_acquired(void)
{
    void *block = acquire(1);

    start();
    if (block == NULL)
        return;
    need(cuMemHostRegister(block, SIZE, 0) == CUDA_SUCCESS);
    need(cuMemHostUnregister(block) == CUDA_SUCCESS);
    free(block);
}

static const struct run_case cases[] = {
    CASE(driver_device_memory), CASE(driver_managed_memory), CASE(nothing_acquired),
    CASE(something_acquired),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
