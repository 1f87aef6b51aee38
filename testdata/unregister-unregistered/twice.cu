// The address that was unregistered last is not registered, however little is known of the rest.
#include <cuda_runtime.h>

#include <cstdlib>

#include "../unseen.h"

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void beside_another_one(char *block, size_t offset)
{
    check(cudaHostRegister(block, 64, cudaHostRegisterDefault));
    check(cudaHostRegister(block + offset, 64, cudaHostRegisterDefault));
    check(cudaHostUnregister(block + offset));
    check(cudaHostUnregister(block + offset)); // expect: unregister-unregistered
    check(cudaHostUnregister(block));
}

void after_a_question(char *block)
{
    unsigned int flags;

    if (cudaHostGetFlags(&flags, block) == cudaSuccess) {
        check(cudaHostUnregister(block));
        check(cudaHostUnregister(block)); // expect: unregister-unregistered
    }
}

void of_one_that_is_maybe_there(char *block)
{
    cudaError_t status = cudaHostRegister(block, 64, cudaHostRegisterDefault);

    if (status != cudaSuccess && status != cudaErrorHostMemoryAlreadyRegistered)
        return;
    (void)cudaGetLastError();
    check(cudaHostUnregister(block));
    check(cudaHostUnregister(block)); // expect: unregister-unregistered
}

// Right: asked in between.
void asked_again(char *block)
{
    unsigned int flags;

    check(cudaHostUnregister(block));
    if (cudaHostGetFlags(&flags, block) == cudaSuccess)
        check(cudaHostUnregister(block));
    else
        (void)cudaGetLastError();
}

// Right: registered again in between, here or out of sight.
void again(char *block, size_t offset)
{
    check(cudaHostUnregister(block));
    check(cudaHostRegister(block + offset, 64, cudaHostRegisterDefault));
    check(cudaHostUnregister(block));
}

void again_out_of_sight(char *block)
{
    check(cudaHostUnregister(block));
    unseen_keep(block);
    check(cudaHostUnregister(block));
}

// Right: the first one failed.
void at_one_of_two_places(char *block, size_t offset)
{
    if (cudaHostUnregister(block) != cudaSuccess) {
        (void)cudaGetLastError();
        check(cudaHostUnregister(block + offset));
    }
}
