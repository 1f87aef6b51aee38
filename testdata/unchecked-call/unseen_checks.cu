// A check of the last error that is out of sight is known by its name.
#include "not_there_checks.h"

#include <cuda_runtime.h>

void check_cuda_error(const char *what);
void check_ranges(void *p, size_t n);
int hip_last_error_check();
void process(void *p);

static char area[4096], other[4096];

void undeclared()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    cudaCheckError();
    cudaHostUnregister(area);
    checkLastError("unregister", __LINE__);
}

void bare_macro(cudaStream_t stream)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    CUDA_CHECK_LAST;
    cudaHostUnregister(area);
    CHECK_CUDA_ON(stream);
}

void declared(bool debug)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    cudaHostRegister(other, sizeof other, cudaHostRegisterDefault);
    check_cuda_error("register");
    cudaHostUnregister(area);
    if (debug)
        check_cuda_error("unregister");
    cudaHostUnregister(other);
    if (hip_last_error_check())
        process(other);
}

void other_calls(void *p)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    process(p);
    cudaHostUnregister(area); // expect: unchecked-call
    check_ranges(p, 4096);
}

void other_macros()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    BEGIN_PHASE;
    cudaHostUnregister(area); // expect: unchecked-call
    LOG_ERROR("unregistered");
}

void too_late(void **d)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    if (cudaMalloc(d, 64) != cudaSuccess)
        *d = nullptr;
    cudaCheckError();
    CUDA_CHECK(cudaHostUnregister(area));
}

// What is given a status checks that one.
void with_a_status()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    cudaError_t status = cudaHostRegister(other, sizeof other, cudaHostRegisterDefault);
    CHECK_CUDA_ERROR(status);
    cudaHostUnregister(area); // expect: unchecked-call
    CUDA_CHECK(begin(other));
    CUDA_CHECK(cudaHostUnregister(other));
}
