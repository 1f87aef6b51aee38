// A last-error query where a later call has failed says what became of that call.
#include <cuda_runtime.h>

#include <cstdio>
#include <stdexcept>

#define TRY(...)                                                                                   \
    do {                                                                                           \
        cudaError_t const error = (__VA_ARGS__);                                                   \
        if (error != cudaSuccess) {                                                                \
            cudaGetLastError();                                                                    \
            throw std::runtime_error(cudaGetErrorName(error));                                     \
        }                                                                                          \
    } while (0)

static char area[4096], other[4096];

void the_later_one_is_checked()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    TRY(cudaHostUnregister(area));
}

void reported_only()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    if (cudaHostUnregister(area) != cudaSuccess)
        std::puts(cudaGetErrorString(cudaGetLastError()));
}

void one_of_two()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    TRY(cudaHostRegister(other, sizeof other, cudaHostRegisterDefault));
    TRY(cudaHostUnregister(area));
    TRY(cudaHostUnregister(other));
}

// Right: the query behind all of them is on the path on which they succeed.
void a_query_for_all()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    TRY(cudaHostRegister(other, sizeof other, cudaHostRegisterDefault));
    TRY(cudaGetLastError());
    TRY(cudaHostUnregister(area));
    TRY(cudaHostUnregister(other));
}

// Right: made after the failure, and asked for.
void another_way_after_a_failure()
{
    if (cudaHostRegister(area, sizeof area, cudaHostRegisterMapped) != cudaSuccess) {
        (void)cudaGetLastError();
        cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
        if (cudaGetLastError() != cudaSuccess)
            return;
    }
    TRY(cudaHostUnregister(area));
}

// Right: kept, and read after the other one.
int kept_for_later()
{
    cudaError_t first = cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    cudaError_t second = cudaHostRegister(other, sizeof other, cudaHostRegisterDefault);

    if (second != cudaSuccess)
        std::puts(cudaGetErrorString(cudaGetLastError()));
    else
        TRY(cudaHostUnregister(other));
    if (first != cudaSuccess)
        return 1;
    TRY(cudaHostUnregister(area));
    return second != cudaSuccess;
}
