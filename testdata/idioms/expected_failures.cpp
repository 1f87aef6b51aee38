// A program that ends as failed where a call succeeds, expects the failure: what would tell it so is
// no news, and the call that failed has changed nothing.
#include <cuda_runtime.h>
#include <assert.h>
#include <stdexcept>
#include <stdlib.h>

void registered_twice()
{
    char *p = new char[8192];
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        abort();
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        abort();
    if (cudaHostUnregister(p) != cudaSuccess)
        abort();
    delete[] p;
}

void nothing_to_register(char *p, size_t n)
{
    if (cudaHostRegister(p, 0, 0) == cudaSuccess)
        throw std::runtime_error("registered nothing");
    assert(cudaHostRegister(nullptr, 4096, 0) != cudaSuccess);
    cudaError_t status = cudaHostRegister(p, n, 1024);
    if (!status)
        exit(EXIT_FAILURE);
}

static void expect_failure(cudaError_t status)
{
    if (status == cudaSuccess)
        abort();
}

void by_a_helper(char *p)
{
    expect_failure(cudaHostRegister(p, 0, 0));
}

// ---- what the calls leave ----

void still_registered()
{
    char *p = new char[8192];
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        abort();
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        abort();
    delete[] p; // expect: freed-while-registered
}

void not_freed()
{
    char *p = new char[8192];
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        abort();
    if (cudaFreeHost(p) != cudaErrorInvalidValue)
        abort();
    delete[] p; // expect: freed-while-registered
}

void not_freed_by_any_error()
{
    char *p = new char[8192];
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        abort();
    cudaError_t status = cudaFreeHost(p);
    if (status == cudaSuccess)
        abort();
    delete[] p; // expect: freed-while-registered
}

void freed_in_the_end()
{
    char *p = new char[8192];
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess)
        abort();
    if (cudaFreeHost(p) == cudaSuccess)
        abort();
    if (cudaHostUnregister(p) != cudaSuccess)
        abort();
    delete[] p;
}

// ---- no failure is expected ----

#define CHECK(call)                                                                                \
    if ((call) != cudaSuccess)                                                                     \
    abort()

void checked()
{
    static char area[8192];
    CHECK(cudaHostRegister(area, sizeof area, 0));
    CHECK(cudaHostRegister(area, sizeof area, 0)); // expect: double-register
    CHECK(cudaHostRegister(nullptr, 8, 0));        // expect: not-host-memory
}

// An answer at once, from a class of the program's own
struct result {
    result(cudaError_t status);
    bool operator!=(cudaError_t other) const;
};

void wrapped(char *p)
{
    if (result(cudaHostRegister(p, 0, 0)) != cudaSuccess) // expect: zero-size
        abort();
}

void done_when_it_works(char *p)
{
    if (cudaHostRegister(p, 0, 0) == cudaSuccess) // expect: zero-size
        exit(EXIT_SUCCESS);
}

int works(char *p)
{
    if (cudaHostRegister(p, 0, 0) == cudaSuccess) // expect: zero-size
        return 1;
    return 0;
}

void goes_on(char *p, bool twice)
{
    if (cudaHostRegister(p, 0, 0) == cudaSuccess) { // expect: zero-size
        if (twice)
            abort();
    }
}

int main(int argc, char **argv)
{
    if (cudaHostRegister(argv[0], 4096, 1024) == cudaSuccess)
        return 1;
    if (argc > 1 && cudaHostRegister(argv[1], 4096, 1024) == cudaSuccess) // expect: invalid-flags
        return 0;
    return 0;
}
