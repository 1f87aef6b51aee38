// A wrapper that looks for one code passes the others on.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

static cudaError_t pin(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    if (status == cudaErrorHostMemoryAlreadyRegistered)
        return cudaSuccess;
    return status;
}

static cudaError_t pin_by_switch(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    switch (status) {
    case cudaErrorHostMemoryAlreadyRegistered:
        return cudaSuccess;
    default:
        return status;
    }
}

static cudaError_t pin_in_one(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    return status == cudaErrorHostMemoryAlreadyRegistered ? cudaSuccess : status;
}

static cudaError_t pin_and_say(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    if (status != cudaSuccess)
        std::fprintf(stderr, "not pinned: %s\n", cudaGetErrorString(status));
    return status;
}

static cudaError_t pin_and_say_more(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    if (status != cudaSuccess && status != cudaErrorHostMemoryAlreadyRegistered)
        std::fprintf(stderr, "not pinned: %s\n", cudaGetErrorString(status));
    return status;
}

static void pin_here(void *p)
{
    cudaError_t status = cudaHostRegister(p, 4096, cudaHostRegisterDefault);
    if (status == cudaErrorHostMemoryAlreadyRegistered)
        std::puts("pinned before");
}

void dropped(void *p, void *q, void *r)
{
    pin(p);           // expect: unchecked-call
    pin_by_switch(q); // expect: unchecked-call
    pin_in_one(r);    // expect: unchecked-call
}

void looked_at_inside(void *p, void *q, void *r)
{
    pin_and_say(p);
    pin_and_say_more(q);
    pin_here(r);
}

void looked_at(void *p, void *q, void *r)
{
    if (pin(p) != cudaSuccess)
        abort();
    (void)pin(q);
    pin(r);
    if (cudaGetLastError() != cudaSuccess)
        abort();
}

cudaError_t passed_on(void *p)
{
    return pin(p);
}
