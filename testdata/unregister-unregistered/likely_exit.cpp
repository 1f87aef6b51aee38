// A function out of sight that ends the process, as its name says: a path that called it proves
// nothing, one that went past it does.
#include "../run_case.h"
#include "../unseen.h"

#include <cstdlib>
#include <cuda_runtime.h>

// Right: where the allocation failed nothing goes on.
static void one_of_two()
{
    void *block = nullptr;
    int failed = posix_memalign(&block, 4096, 4096);

    if (!block || failed != 0)
        unseen_fatal("out of memory");
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess)
        unseen_fatal("cannot register");
    if (cudaHostUnregister(block) != cudaSuccess)
        unseen_fatal("cannot unregister");
    std::free(block);
}

// Wrong: the other side of the test goes on, and nothing is registered there.
static void neither_of_two()
{
    void *block = std::malloc(4096);

    if (!block || unseen_size() == 7)
        unseen_fatal("cannot go on");
    if (cudaHostUnregister(block) != cudaSuccess) // expect: unregister-unregistered
        (void)cudaGetLastError();
    std::free(block);
}

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        unseen_fatal(cudaGetErrorString(status));
}

// Wrong: check() comes back where the status is good.
static void after_a_check()
{
    void *device = nullptr, *block = nullptr;

    if (unseen_size() != 0) {
        check(cudaMalloc(&device, 4096));
        block = std::malloc(4096);
        check(cudaFree(device));
    }
    if (block && cudaHostUnregister(block) != cudaSuccess) // expect: unregister-unregistered
        (void)cudaGetLastError();
    std::free(block);
}

static const struct run_case cases[] = {CASE(one_of_two), CASE(neither_of_two),
                                        CASE(after_a_check)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
