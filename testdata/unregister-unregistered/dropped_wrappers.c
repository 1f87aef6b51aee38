/* Functions that register, and whose callers drop what they say: a call whose status is not tested
 * is taken to have succeeded. */
#include <cuda_runtime_api.h>
#include <stdio.h>
#include <stdlib.h>

static cudaError_t pin_pages(void *pointer, size_t pages)
{
    if (pages == 0)
        return cudaErrorInvalidValue;
    return cudaHostRegister(pointer, pages * 4096, cudaHostRegisterPortable);
}

static cudaError_t pin_loudly(void *pointer, size_t bytes)
{
    cudaError_t status = cudaHostRegister(pointer, bytes, 0);
    if (status != cudaSuccess) {
        fprintf(stderr, "%s\n", cudaGetErrorString(status));
        return status;
    }
    return cudaSuccess;
}

static int pin_some(void *pointer, int count)
{
    if (count == 3 || cudaHostRegister(pointer, 64, 0) != cudaSuccess)
        return -1;
    return 0;
}

void dropped(size_t pages)
{
    void *pointer = aligned_alloc(4096, pages * 4096);

    if (!pointer)
        return;
    pin_pages(pointer, pages); // expect: unchecked-call
    (void)cudaHostUnregister(pointer);
    free(pointer);
}

/* Right: it said so itself. */
void reported(void)
{
    void *pointer = malloc(64);

    if (!pointer)
        return;
    pin_loudly(pointer, 64);
    (void)cudaHostUnregister(pointer);
    free(pointer);
}

/* Right, as far as anybody can tell. */
void counted(int count)
{
    void *pointer = malloc(64);

    if (!pointer)
        return;
    pin_some(pointer, count);
    (void)cudaHostUnregister(pointer);
    free(pointer);
}

/* What is tested has failed. */
void known(int count)
{
    void *pointer = malloc(64);

    if (!pointer)
        return;
    if (pin_some(pointer, count) < 0)
        (void)cudaHostUnregister(pointer); // expect: unregister-unregistered
    else
        (void)cudaHostUnregister(pointer);
    free(pointer);
}

int main(void)
{
    reported();
    return 0;
}
