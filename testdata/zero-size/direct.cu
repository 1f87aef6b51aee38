// Sizes that are 0 in plain sight.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        const cudaError_t error = (call);                                                          \
        if (error != cudaSuccess) {                                                                \
            std::fprintf(stderr, "%d: %s\n", __LINE__, cudaGetErrorName(error));                   \
            std::exit(EXIT_FAILURE);                                                               \
        }                                                                                          \
    } while (0)

static char area[1 << 16];

// "the size is 0 on a path"
void literal_zero()
{
    CHECK(cudaHostRegister(area, 0, cudaHostRegisterDefault)); // expect: zero-size
}

void size_never_set()
{
    size_t size = 0;

    CHECK(cudaHostRegister(area, size, cudaHostRegisterDefault)); // expect: zero-size
}

void integer_division()
{
    const size_t bytes = 512;
    const size_t pages = bytes / 4096;

    CHECK(cudaHostRegister(area, pages * 4096, cudaHostRegisterDefault)); // expect: zero-size
}

void set_on_one_branch_only()
{
    size_t size = 0;

    if (unseen_choice())
        size = sizeof area;
    cudaError_t status = cudaHostRegister(area, size, 0); // expect: zero-size
    if (status == cudaSuccess)
        CHECK(cudaHostUnregister(area));
}

// The test is the wrong way round.
void inverted_test(void *block, size_t size)
{
    if (size == 0) {
        CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: zero-size
    }
}

void reports_zero_and_goes_on(void *block, size_t size)
{
    if (size == 0)
        std::fprintf(stderr, "nothing to register\n");
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: zero-size
}

// The first turn of the loop registers nothing.
void grows_from_zero()
{
    for (size_t size = 0; size <= 4096; size += 1024) {
        CHECK(cudaHostRegister(area + 2 * size, size, 0)); // expect: zero-size
        CHECK(cudaHostUnregister(area + 2 * size));
    }
}

void counted_down_to_zero()
{
    size_t left = 4096;

    while (left > 0)
        left -= 1024;
    CHECK(cudaHostRegister(area, left, cudaHostRegisterDefault)); // expect: zero-size
}

void masked_away()
{
    const size_t size = 100;

    CHECK(cudaHostRegister(area, size & ~(size_t)127, 0)); // expect: zero-size
}

void multiplied_by_a_zero_field()
{
    struct {
        size_t count, each;
    } shape = {0, sizeof(float)};

    CHECK(cudaHostRegister(area, shape.count * shape.each, 0)); // expect: zero-size
}

// Right: rounded up, not down.
void rounded_up()
{
    const size_t bytes = 512;
    const size_t pages = (bytes + 4095) / 4096;

    CHECK(cudaHostRegister(area, pages * 4096, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

// Right: a single byte is enough.
void one_byte()
{
    CHECK(cudaHostRegister(area + 1, 1, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area + 1));
}

// Right: zero before, but not when it matters.
void set_later()
{
    size_t size = 0;

    for (int i = 0; i < 4; i++)
        size += 1024;
    CHECK(cudaHostRegister(area, size, 0));
    CHECK(cudaHostUnregister(area));
}

// Right: the zero flags are no zero size.
void zero_flags()
{
    CHECK(cudaHostRegister(area, sizeof area, 0));
    CHECK(cudaHostUnregister(area));
}

// Right: nothing happens for 0.
void returns_for_zero(void *block, size_t size)
{
    if (!size)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

// Right: the chunk starts at 0, its size does not.
void offset_zero()
{
    for (size_t offset = 0; offset < sizeof area; offset += 4096)
        CHECK(cudaHostRegister(area + offset, 4096, 0));
    for (size_t offset = 0; offset < sizeof area; offset += 4096)
        CHECK(cudaHostUnregister(area + offset));
}

static void zero_by_argument(size_t size)
{
    inverted_test(area, size);
}

void inverted_test_run()
{
    zero_by_argument(0);
}

void reports_zero_run()
{
    reports_zero_and_goes_on(area, 0);
}

static const struct run_case cases[] = {
    CASE(literal_zero), CASE(size_never_set), CASE(integer_division), CASE(set_on_one_branch_only),
    CASE(inverted_test_run), CASE(reports_zero_run), CASE(grows_from_zero),
    CASE(counted_down_to_zero), CASE(masked_away), CASE(multiplied_by_a_zero_field),
    CASE(rounded_up), CASE(one_byte), CASE(set_later), CASE(zero_flags), CASE(offset_zero),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
