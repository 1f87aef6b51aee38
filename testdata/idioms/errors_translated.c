/* Errors of the runtime put into numbers of the program's own: that each of them has a name says
 * nothing of the call. */
#include <cuda_runtime.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

static int by_switch(cudaError_t error)
{
    switch (error) {
    case cudaSuccess:
        return 0;
    case cudaErrorMemoryAllocation:
        return -ENOMEM;
    case cudaErrorInvalidValue:
        return -EINVAL;
    case cudaErrorHostMemoryAlreadyRegistered:
        return -EBUSY;
    default:
        return -EIO;
    }
}

static int by_table(cudaError_t error)
{
    static const struct {
        cudaError_t error;
        int number;
    } names[] = {{cudaErrorInvalidValue, EINVAL}, {cudaErrorMemoryAllocation, ENOMEM}};
    if (error == cudaSuccess)
        return 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].error == error)
            return -names[i].number;
    return -EIO;
}

int no_access(void)
{
    void *area = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int failed;
    if (area == MAP_FAILED)
        return -errno;
    failed = by_switch(cudaHostRegister(area, 8192, 0)); /* expect: unpinnable-mapping */
    if (!failed)
        failed = by_switch(cudaHostUnregister(area));
    munmap(area, 8192);
    return failed;
}

int pinned_already(void **block)
{
    int failed = by_table(cudaMallocHost(block, 8192));
    if (failed)
        return failed;
    failed = by_table(cudaHostRegister(*block, 8192, 0)); /* expect: already-pinned */
    if (failed)
        (void)cudaFreeHost(*block);
    return failed;
}

/* A function that asks for this one error, and who asks for himself, mean it. */
static int is_refused(cudaError_t error)
{
    return error == cudaErrorInvalidValue;
}

int refused(void)
{
    return is_refused(cudaHostRegister(NULL, 8192, 0)) ? 0 : -1;
}

static int is_refused_somehow(cudaError_t error)
{
    return error == cudaErrorInvalidValue || error == cudaErrorNotSupported;
}

int refused_somehow(void)
{
    return is_refused_somehow(cudaHostRegister(NULL, 8192, 0)) ? 0 : -1;
}

int refused_in_either_way(void)
{
    cudaError_t error = cudaHostRegister(NULL, 8192, 0);
    return error == cudaErrorInvalidValue || error == cudaErrorNotSupported ? 0 : -1;
}

/* "Already registered" that has a name of its own: what becomes of it is the caller's to say. */
int registered_by_whomever(void *area)
{
    int failed = by_switch(cudaHostRegister(area, 8192, 0));
    if (failed && failed != -EBUSY)
        return failed;
    failed = by_switch(cudaHostRegister(area, 8192, 0));
    return failed && failed != -EBUSY ? failed : 0;
}
