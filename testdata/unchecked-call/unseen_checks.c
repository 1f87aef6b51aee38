// In C, where a function is declared by its call.
#include "not_there_checks.h"

#include <cuda_runtime.h>

static char area[4096];

void undeclared(void)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    checkLastError("register", __LINE__);
    cudaHostUnregister(area);
    CUDA_CHECK_LAST;
}

void other_calls(void)
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); /* expect: unchecked-call */
    begin_phase();
    cudaHostUnregister(area); /* expect: unchecked-call */
    END_PHASE;
}
