// Memory of a pinned allocator given to cudaHostRegister in the same function.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { COUNT = 4096, BYTES = COUNT * sizeof(float) };

// "the pointer lies in live memory of a pinned allocator, base or interior"
void pinned_base()
{
    float *samples;

    CHECK(cudaMallocHost(&samples, BYTES));
    CHECK(cudaHostRegister(samples, BYTES, cudaHostRegisterPortable)); // expect: already-pinned
    CHECK(cudaHostUnregister(samples));
    CHECK(cudaFreeHost(samples));
}

void pinned_interior()
{
    char *block = nullptr;

    CHECK(cudaHostAlloc(reinterpret_cast<void **>(&block), 4 * BYTES, cudaHostAllocMapped));
    char *second_quarter = block + BYTES;
    CHECK(cudaHostRegister(second_quarter, BYTES, 0)); // expect: already-pinned
    CHECK(cudaFreeHost(block));
}

void pinned_element()
{
    double *block = nullptr;

    CHECK(cudaMallocHost((void **)&block, BYTES));
    CHECK(cudaHostRegister(&block[100], // expect: already-pinned
                           100 * sizeof(double), cudaHostRegisterDefault));
    CHECK(cudaFreeHost(block));
}

// The C++ overload with flags.
void pinned_by_the_overload_with_flags()
{
    int *table;

    CHECK(cudaMallocHost(&table, BYTES, cudaHostAllocWriteCombined));
    CHECK(cudaHostRegister(table, BYTES, cudaHostRegisterMapped)); // expect: already-pinned
    CHECK(cudaFreeHost(table));
}

// "A call that fails changes nothing": the unregister of a block whose register call had to fail
// is no finding of its own.
void status_kept_and_printed()
{
    float *samples = nullptr;

    if (cudaMallocHost(&samples, BYTES) != cudaSuccess)
        return;
    cudaError_t status = cudaHostRegister(samples, BYTES, cudaHostRegisterPortable); // expect: already-pinned
    if (status != cudaSuccess)
        std::fprintf(stderr, "register: %s\n", cudaGetErrorString(status));
    status = cudaHostUnregister(samples);
    if (status != cudaSuccess)
        std::fprintf(stderr, "unregister: %s\n", cudaGetErrorString(status));
    CHECK(cudaFreeHost(samples));
}

// Which branch the allocation succeeded in: this one registers in the wrong one.
void registers_where_pinning_worked()
{
    void *buffer = nullptr;
    bool pinned = cudaMallocHost(&buffer, BYTES) == cudaSuccess;

    if (!pinned) {
        buffer = std::malloc(BYTES);
        if (buffer == nullptr)
            return;
    } else {
        CHECK(cudaHostRegister(buffer, BYTES, cudaHostRegisterDefault)); // expect: already-pinned
    }
    std::memset(buffer, 0, BYTES);
    if (pinned)
        CHECK(cudaFreeHost(buffer));
    else
        std::free(buffer);
}

// Right: an ordinary block is what cudaHostRegister is for.
void ordinary_block()
{
    float *samples = static_cast<float *>(std::malloc(BYTES));

    if (samples == nullptr)
        return;
    CHECK(cudaHostRegister(samples, BYTES, cudaHostRegisterPortable));
    CHECK(cudaHostUnregister(samples));
    std::free(samples);
}

// Right: a variable whose pinned block was freed and that holds an ordinary one now.
void variable_used_again()
{
    void *buffer = nullptr;

    CHECK(cudaMallocHost(&buffer, BYTES));
    std::memset(buffer, 0, BYTES);
    CHECK(cudaFreeHost(buffer));
    buffer = std::malloc(BYTES);
    if (buffer == nullptr)
        return;
    CHECK(cudaHostRegister(buffer, BYTES, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(buffer));
    std::free(buffer);
}

// Right: one pinned block, one ordinary block, and only the ordinary one is registered.
void two_blocks()
{
    char *pinned = nullptr;
    char *ordinary = new char[BYTES];

    CHECK(cudaMallocHost(&pinned, BYTES));
    std::memset(ordinary, 1, BYTES);
    CHECK(cudaHostRegister(ordinary, BYTES, cudaHostRegisterDefault));
    std::memcpy(pinned, ordinary, BYTES);
    CHECK(cudaHostUnregister(ordinary));
    delete[] ordinary;
    CHECK(cudaFreeHost(pinned));
}

// Right: pinning falls back to registration where it fails.
void fallback()
{
    void *buffer = nullptr;
    bool registered = false;

    if (cudaMallocHost(&buffer, BYTES) != cudaSuccess) {
        (void)cudaGetLastError();
        buffer = std::malloc(BYTES);
        if (buffer == nullptr)
            return;
        CHECK(cudaHostRegister(buffer, BYTES, cudaHostRegisterDefault));
        registered = true;
    }
    std::memset(buffer, 0, BYTES);
    if (registered) {
        CHECK(cudaHostUnregister(buffer));
        std::free(buffer);
    } else {
        CHECK(cudaFreeHost(buffer));
    }
}

static const struct run_case cases[] = {
    CASE(pinned_base),
    CASE(pinned_interior),
    CASE(pinned_element),
    CASE(pinned_by_the_overload_with_flags),
    CASE(status_kept_and_printed),
    CASE(registers_where_pinning_worked),
    CASE(ordinary_block),
    CASE(variable_used_again),
    CASE(two_blocks),
    CASE(fallback),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
