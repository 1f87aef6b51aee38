// Check macros of every shape, and what each of them does to the paths of its caller. Rights and
// wrongs of several rules.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "../run_case.h"
#include "../unseen.h"

static char area[8192];

// ---- goto on failure
#define CHECK_GOTO(call, result, label)                                                            \
    do {                                                                                           \
        (result) = (call);                                                                         \
        if ((result) != cudaSuccess) {                                                             \
            std::fprintf(stderr, "%s\n", cudaGetErrorString(result));                              \
            goto label;                                                                            \
        }                                                                                          \
    } while (0)

// Right: the label undoes what the flag says.
cudaError_t goto_with_flag(void *device)
{
    cudaError_t result = cudaSuccess;
    char *block = static_cast<char *>(std::malloc(4096));
    bool registered = false;

    if (block == nullptr)
        return cudaErrorMemoryAllocation;
    CHECK_GOTO(cudaHostRegister(block, 4096, cudaHostRegisterDefault), result, done);
    registered = true;
    CHECK_GOTO(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice), result, done);
done:
    if (registered)
        (void)cudaHostUnregister(block);
    std::free(block);
    return result;
}

// The label frees without it.
cudaError_t goto_without_undo(void *device)
{
    cudaError_t result = cudaSuccess;
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return cudaErrorMemoryAllocation;
    CHECK_GOTO(cudaHostRegister(block, 4096, cudaHostRegisterDefault), result, release);
    CHECK_GOTO(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice), result, release);
    CHECK_GOTO(cudaHostUnregister(block), result, release);
release:
    std::free(block); // expect: freed-while-registered
    return result;
}

// ---- return on failure
#define RETURN_IF_FAILED(call)                                                                     \
    if (cudaError_t failed = (call); failed != cudaSuccess)                                        \
    return failed

cudaError_t return_past_the_undo(void *device)
{
    char *block = new char[4096];

    if (cudaError_t failed = cudaHostRegister(block, 4096, 0); failed != cudaSuccess) { // expect: register-leak
        delete[] block;
        return failed;
    }
    RETURN_IF_FAILED(cudaMemcpy(device, block, 4096, cudaMemcpyHostToDevice));
    RETURN_IF_FAILED(cudaHostUnregister(block));
    delete[] block;
    return cudaSuccess;
}

// Right: memory of the process's whole life.
cudaError_t return_with_nothing_to_undo(void *device)
{
    RETURN_IF_FAILED(cudaMemcpy(device, area, sizeof area, cudaMemcpyHostToDevice));
    RETURN_IF_FAILED(cudaHostRegister(area, sizeof area, cudaHostRegisterPortable));
    RETURN_IF_FAILED(cudaHostUnregister(area));
    return cudaSuccess;
}

// ---- a check in an argument of another macro
#define IN_ORDER(first, second) first second

cudaError_t in_an_argument_of_a_macro()
{
    IN_ORDER(RETURN_IF_FAILED(cudaHostRegister(area, sizeof area, 0));, area[0] = 1;)
    IN_ORDER(RETURN_IF_FAILED(cudaHostRegister(area, 4096, 0));, area[0] = 2;) // expect: double-register
    IN_ORDER(area[0] = 3;, RETURN_IF_FAILED(cudaHostUnregister(area));)
    return cudaSuccess;
}

// ---- a statement expression whose value the caller tests
#define STATUS_OF(call)                                                                            \
    ({                                                                                             \
        cudaError_t status_of = (call);                                                            \
        if (status_of != cudaSuccess)                                                              \
            std::fprintf(stderr, "%s: %s\n", #call, cudaGetErrorString(status_of));                \
        status_of;                                                                                 \
    })

void value_is_tested()
{
    char *block = new char[4096];

    if (STATUS_OF(cudaHostRegister(block, 4096, 0)) != cudaSuccess) {
        delete[] block;
        return;
    }
    block[0] = 1;
    if (STATUS_OF(cudaHostUnregister(block)) != cudaSuccess)
        std::abort();
    delete[] block;
}

void value_is_tested_and_the_order_wrong()
{
    char *block = new char[4096];

    if (STATUS_OF(cudaHostRegister(block, 4096, 0)) == cudaSuccess) {
        delete[] block; // expect: freed-while-registered
        (void)STATUS_OF(cudaHostUnregister(block));
        return;
    }
    delete[] block;
}

// ---- the macro builds the name of the call
#define RUNTIME_CALL(function, ...)                                                                \
    do {                                                                                           \
        if (cuda##function(__VA_ARGS__) != cudaSuccess)                                            \
            throw std::runtime_error("cuda" #function);                                            \
    } while (0)

void name_is_pasted()
{
    RUNTIME_CALL(HostRegister, area, sizeof area, cudaHostRegisterDefault);
    RUNTIME_CALL(HostUnregister, area);
}

void name_is_pasted_and_the_call_wrong()
{
    RUNTIME_CALL(HostRegister, area, sizeof area, cudaHostRegisterDefault);
    RUNTIME_CALL(HostRegister, area, 4096, cudaHostRegisterDefault); // expect: double-register
    RUNTIME_CALL(HostUnregister, area);
}

// ---- another name for the call, as headers for several vendors have it
#define gpuHostRegister cudaHostRegister
#define gpuHostUnregister cudaHostUnregister
#define gpuMallocHost cudaMallocHost
#define gpuFreeHost cudaFreeHost
#define gpuSuccess cudaSuccess

void renamed()
{
    void *block = nullptr;

    if (gpuMallocHost(&block, 4096) != gpuSuccess)
        return;
    if (gpuHostRegister(block, 4096, 0) != gpuSuccess) // expect: already-pinned
        std::fprintf(stderr, "not registered\n");
    (void)gpuFreeHost(block);
}

// ---- a macro that only tells, and goes on
#define TELL(call)                                                                                 \
    do {                                                                                           \
        cudaError_t told = (call);                                                                 \
        if (cudaSuccess != told)                                                                   \
            std::fprintf(stderr, "CUDA: %s\n", cudaGetErrorString(told));                          \
    } while (0)

// Right as far as anyone can tell.
void told()
{
    char *block = static_cast<char *>(std::calloc(1, 4096));

    TELL(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    TELL(cudaHostUnregister(block));
    std::free(block);
}

void told_in_the_wrong_order()
{
    char *block = static_cast<char *>(std::calloc(1, 4096));

    TELL(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    std::free(block); // expect: freed-while-registered
    TELL(cudaHostUnregister(block));
}

// ---- a template function that takes the status, the name and the place
template <typename T>
void check(T result, char const *const function, const char *const file, int const line)
{
    if (result) {
        std::fprintf(stderr, "error at %s:%d code=%d \"%s\"\n", file, line, (unsigned)result, function);
        std::exit(EXIT_FAILURE);
    }
}
#define checkCudaErrors(value) check((value), #value, __FILE__, __LINE__)

void checked_by_a_template()
{
    char *block = static_cast<char *>(std::calloc(1, 4096));

    checkCudaErrors(cudaHostRegister(block, 4096, cudaHostRegisterMapped));
    checkCudaErrors(cudaHostUnregister(block));
    std::free(block);
}

// ---- expected failures of a test suite
#define EXPECT_STATUS(expected, call)                                                              \
    do {                                                                                           \
        if ((call) != (expected))                                                                  \
            std::abort();                                                                          \
    } while (0)

// The misuse is meant; a NOLINT says so.
void negative_test()
{
    EXPECT_STATUS(cudaErrorInvalidValue, cudaHostRegister(area, 0, 0)); // NOLINT(zero-size)
    // NOLINTNEXTLINE(already-pinned, unregister-unregistered)
    EXPECT_STATUS(cudaErrorInvalidValue, cudaHostUnregister(nullptr));
}

static void *device_memory()
{
    void *device = nullptr;

    checkCudaErrors(cudaMalloc(&device, sizeof area));
    return device;
}

static void goto_run()
{
    void *device = device_memory();

    (void)goto_with_flag(device);
    (void)goto_without_undo(device);
    (void)return_past_the_undo(device);
    (void)return_with_nothing_to_undo(device);
    checkCudaErrors(cudaFree(device));
}

static const struct run_case cases[] = {
    CASE(goto_run), CASE(value_is_tested), CASE(value_is_tested_and_the_order_wrong),
    CASE(name_is_pasted), CASE(name_is_pasted_and_the_call_wrong), CASE(renamed), CASE(told),
    CASE(told_in_the_wrong_order), CASE(checked_by_a_template), CASE(negative_test),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
