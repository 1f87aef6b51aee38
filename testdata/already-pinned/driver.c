/* The driver API in C, and both APIs mixed. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run_case.h"

static void fail(CUresult result, int line)
{
    const char *text = NULL;

    cuGetErrorName(result, &text);
    fprintf(stderr, "line %d: %s\n", line, text != NULL ? text : "?");
    exit(EXIT_FAILURE);
}

#define CU(call)                                                                                   \
    do {                                                                                           \
        CUresult cu_result = (call);                                                               \
        if (cu_result != CUDA_SUCCESS)                                                             \
            fail(cu_result, __LINE__);                                                             \
    } while (0)

#define SIZE (1u << 20)

static CUcontext start(void)
{
    CUdevice device;
    CUcontext context;

    CU(cuInit(0));
    CU(cuDeviceGet(&device, 0));
    CU(cuDevicePrimaryCtxRetain(&context, device));
    CU(cuCtxSetCurrent(context));
    return context;
}

void driver_alloc_host(void)
{
    void *ring = NULL;

    start();
    CU(cuMemAllocHost(&ring, SIZE));
    CU(cuMemHostRegister(ring, SIZE, CU_MEMHOSTREGISTER_PORTABLE)); /* expect: already-pinned */
    CU(cuMemHostUnregister(ring));
    CU(cuMemFreeHost(ring));
}

void driver_host_alloc(void)
{
    unsigned char *ring;

    start();
    CU(cuMemHostAlloc((void **)&ring, SIZE, CU_MEMHOSTALLOC_DEVICEMAP));
    ring += 4096;
    CU(cuMemHostRegister(ring, SIZE - 4096, 0)); /* expect: already-pinned */
    CU(cuMemFreeHost(ring - 4096));
}

/* "runtime and driver forms interchange" */
void allocated_by_the_runtime(void)
{
    void *ring = NULL;
    CUresult result;

    if (cudaMallocHost(&ring, SIZE) != cudaSuccess)
        return;
    result = cuMemHostRegister(ring, SIZE, CU_MEMHOSTREGISTER_DEVICEMAP); /* expect: already-pinned */
    if (result != CUDA_SUCCESS)
        fprintf(stderr, "result %d\n", (int)result);
    if (cudaFreeHost(ring) != cudaSuccess)
        fprintf(stderr, "free failed\n");
}

void registered_by_the_runtime(void)
{
    void *ring = NULL;

    start();
    CU(cuMemAllocHost(&ring, SIZE));
    if (cudaHostRegister(ring, SIZE, cudaHostRegisterDefault)) /* expect: already-pinned */
        fprintf(stderr, "not registered\n");
    CU(cuMemFreeHost(ring));
}

/* Right: memory of posix_memalign. */
void ordinary_memory(void)
{
    void *ring = NULL;

    start();
    if (posix_memalign(&ring, 4096, SIZE) != 0)
        return;
    memset(ring, 0, SIZE);
    CU(cuMemHostRegister(ring, SIZE, CU_MEMHOSTREGISTER_PORTABLE | CU_MEMHOSTREGISTER_DEVICEMAP));
    CU(cuMemHostUnregister(ring));
    free(ring);
}

/* Right: the pinned block is a staging area into which an ordinary one is copied; each is what it
 * should be. */
void staging_area(void)
{
    void *staging = NULL;
    char *source = calloc(SIZE, 1);

    start();
    if (source == NULL)
        return;
    CU(cuMemAllocHost(&staging, SIZE));
    CU(cuMemHostRegister(source, SIZE, 0));
    memcpy(staging, source, SIZE);
    CU(cuMemHostUnregister(source));
    CU(cuMemFreeHost(staging));
    free(source);
}

static const struct run_case cases[] = {
    CASE(driver_alloc_host),
    CASE(driver_host_alloc),
    CASE(allocated_by_the_runtime),
    CASE(registered_by_the_runtime),
    CASE(ordinary_memory),
    CASE(staging_area),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
