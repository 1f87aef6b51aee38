// Statuses that are dropped, and statuses that only look as if they were.
#include <cuda_runtime.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"
#include "../unseen.h"

static char area[4096];

__global__ void fill(int *values)
{
    values[threadIdx.x] = 1;
}

// "the status is discarded": a warning for the register call, a note for the unregister call
void discarded()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    memset(area, 1, sizeof area);
    cudaHostUnregister(area); // expect: unchecked-call
}

void discarded_allocation()
{
    float *block = nullptr;

    cudaMallocHost(&block, 4096); // expect: unchecked-call
    block[0] = 1;
    cudaFreeHost(block); // expect: unchecked-call
}

void discarded_host_alloc()
{
    void *block = nullptr;

    cudaHostAlloc(&block, 4096, cudaHostAllocPortable); // expect: unchecked-call
    if (cudaFreeHost(block) != cudaSuccess)
        fprintf(stderr, "free failed\n");
}

// "stored and never read before it is overwritten"
void overwritten()
{
    cudaError_t status;

    status = cudaHostRegister(area, sizeof area, cudaHostRegisterDefault); // expect: unchecked-call
    status = cudaHostUnregister(area);
    if (status != cudaSuccess)
        fprintf(stderr, "%s\n", cudaGetErrorString(status));
}

// "or goes out of scope"
void never_read()
{
    cudaError_t status = cudaHostRegister(area, sizeof area, cudaHostRegisterMapped); // expect: unchecked-call
    if (cudaHostUnregister(area) != cudaSuccess)
        abort();
}

void read_before_and_not_after()
{
    cudaError_t status = cudaSuccess;

    if (status == cudaSuccess)
        status = cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    (void)cudaHostUnregister(area);
}

// A cast that is not to void makes nothing explicit.
void cast_to_something()
{
    (cudaError_t)cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    (void)cudaHostUnregister(area);
}

void in_a_comma_expression(int turns)
{
    for (cudaHostRegister(area, sizeof area, 0); turns > 0; turns--) // expect: unchecked-call
        area[turns] = 1;
    if (puts("done"), cudaHostUnregister(area), turns > 0) // expect: unchecked-call
        puts("never");
}

// A statement expression whose value nobody asks for.
void kernel_gets_the_blame_of_a_statement_expression(int *device_values)
{
    ({ cudaHostRegister(area, sizeof area, 0); }); // expect: unchecked-call
    fill<<<1, 32>>>(device_values);
    if (cudaGetLastError() != cudaSuccess)
        std::exit(1);
    (void)cudaHostUnregister(area);
}

// "cudaGetLastError/cudaPeekAtLastError read before the next CUDA call": here the launch is
// between, and gets the blame.
void kernel_gets_the_blame(int *device_values)
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    fill<<<1, 32>>>(device_values);
    if (cudaGetLastError() != cudaSuccess)
        fprintf(stderr, "launch failed\n");
    (void)cudaHostUnregister(area);
}

void another_call_between(int *device_values)
{
    int host[4] = {0};

    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaError_t status = cudaMemcpy(device_values, host, sizeof host, cudaMemcpyHostToDevice);
    if (status == cudaSuccess)
        status = cudaPeekAtLastError();
    if (status != cudaSuccess)
        fprintf(stderr, "copy failed\n");
    (void)cudaHostUnregister(area);
}

// Right: "an explicit `(void)` cast"
void explicitly_ignored()
{
    (void)cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    static_cast<void>(cudaHostUnregister(area));
}

// Right: "a comparison"
void compared()
{
    if (cudaSuccess != cudaHostRegister(area, sizeof area, cudaHostRegisterDefault))
        return;
    bool undone = cudaHostUnregister(area) == cudaSuccess;
    if (!undone)
        abort();
}

void used_as_a_condition()
{
    if (cudaHostRegister(area, sizeof area, cudaHostRegisterDefault))
        return;
    if (!cudaHostUnregister(area))
        puts("undone");
}

void asserted()
{
    cudaError_t status = cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    assert(status == cudaSuccess);
    status = cudaHostUnregister(area);
    assert(cudaSuccess == status);
}

// Right: "a return"
cudaError_t returned(void *block)
{
    return cudaHostRegister(block, 4096, cudaHostRegisterDefault);
}

cudaError_t stored_and_returned(void *block)
{
    cudaError_t status = cudaHostUnregister(block);

    puts("unregistered");
    return status;
}

// Right: "passing it on"
static void report(const char *what, cudaError_t status)
{
    if (status != cudaSuccess)
        fprintf(stderr, "%s: %s\n", what, cudaGetErrorString(status));
}

void passed_on()
{
    report("register", cudaHostRegister(area, sizeof area, cudaHostRegisterDefault));
    printf("unregister gives %d\n", cudaHostUnregister(area));
}

// Right: the last error is looked at, with nothing but host code between.
void last_error_read()
{
    cudaHostRegister(area, sizeof area, cudaHostRegisterDefault);
    memset(area, 0, sizeof area);
    cudaError_t status = cudaGetLastError();
    if (status != cudaSuccess) {
        fprintf(stderr, "%s\n", cudaGetErrorString(status));
        return;
    }
    cudaHostUnregister(area);
    if (cudaPeekAtLastError() != cudaSuccess)
        fprintf(stderr, "not unregistered\n");
}

#define CHECK_LAST_ERROR()                                                                         \
    do {                                                                                           \
        cudaError_t last = cudaGetLastError();                                                     \
        if (last != cudaSuccess) {                                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(last));          \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

void last_error_read_by_a_macro()
{
    float *block = nullptr;

    cudaMallocHost(&block, 4096);
    CHECK_LAST_ERROR();
    cudaFreeHost(block);
    CHECK_LAST_ERROR();
}

// Right: a chain in which each status decides about the next call.
cudaError_t chained(void *first, void *second)
{
    cudaError_t status = cudaHostRegister(first, 4096, 0);

    if (status == cudaSuccess)
        status = cudaHostUnregister(first);
    if (!status)
        status = cudaHostRegister(second, 4096, 0);
    return status;
}

// Right: collected and looked at in the end.
void collected()
{
    int failures = 0;

    failures |= cudaHostRegister(area, sizeof area, 0);
    failures |= cudaHostUnregister(area);
    if (failures)
        fprintf(stderr, "something failed\n");
}

bool conjunction()
{
    bool good = true;

    good = good && cudaHostRegister(area, sizeof area, 0) == cudaSuccess;
    good = good && cudaHostUnregister(area) == cudaSuccess;
    return good;
}

// Right: the device allocators are none of this rule's business.
void device_memory()
{
    int *values = nullptr;

    cudaMalloc(&values, 4096);
    cudaMemset(values, 0, 4096);
    (void)cudaFree(values);
}

void all_of_the_switch()
{
    switch (cudaHostRegister(area, sizeof area, 0)) {
    case cudaSuccess:
        (void)cudaHostUnregister(area);
        break;
    case cudaErrorHostMemoryAlreadyRegistered:
        break;
    default:
        fprintf(stderr, "not registered\n");
    }
}

static void comma_run()
{
    in_a_comma_expression(1);
}

static const struct run_case cases[] = {
    CASE(discarded), CASE(discarded_allocation), CASE(discarded_host_alloc), CASE(overwritten),
    CASE(never_read), CASE(read_before_and_not_after), CASE(cast_to_something), CASE(comma_run),
    CASE(explicitly_ignored), CASE(compared), CASE(used_as_a_condition), CASE(asserted),
    CASE(passed_on), CASE(last_error_read), CASE(last_error_read_by_a_macro), CASE(collected),
    CASE(device_memory), CASE(all_of_the_switch),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
