// Sizes that may be 0 for all that the function knows.
#include <cuda_runtime.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess) {                                                               \
            std::fprintf(stderr, "%s:%d\n", __FILE__, __LINE__);                                   \
            std::exit(EXIT_FAILURE);                                                               \
        }                                                                                          \
    } while (0)

// "the size is no compile-time constant and nothing on the path rules out 0"
void parameter(void *block, size_t size)
{
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: nonconstant-size
}

void count_times_element(float *block, size_t count)
{
    CHECK(cudaHostRegister(block, count * sizeof(float), cudaHostRegisterDefault)); // expect: nonconstant-size
}

void result_of_a_call(void *block)
{
    size_t size = unseen_size();

    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: nonconstant-size
}

void read_from_the_environment(void *block)
{
    const char *text = std::getenv("BUFFER_KB");
    size_t size = text != nullptr ? std::strtoul(text, nullptr, 10) * 1024 : 4096;

    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: nonconstant-size
}

// malloc(0) may well give a pointer: that the pointer is not null does not rule 0 out.
void malloc_of_the_same_size(size_t count)
{
    double *block = static_cast<double *>(std::malloc(count * sizeof(double)));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, count * sizeof(double), cudaHostRegisterPortable)); // expect: nonconstant-size
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// A test of something else does not help.
void test_of_the_pointer(void *block, size_t size)
{
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: nonconstant-size
}

void upper_bound_only(void *block, size_t size)
{
    if (size > 1 << 30)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault)); // expect: nonconstant-size
}

// Rounded down: 100 bytes become 0.
void rounded_down(char *block, size_t size)
{
    if (size == 0)
        return;
    CHECK(cudaHostRegister(block, size / 4096 * 4096, cudaHostRegisterDefault)); // expect: nonconstant-size
}

// The test comes too late.
void tested_afterwards(void *block, size_t size)
{
    cudaError_t status = cudaHostRegister(block, size, cudaHostRegisterDefault); // expect: nonconstant-size

    if (size == 0 || status != cudaSuccess)
        std::fprintf(stderr, "not registered\n");
}

// Right: "`if (n == 0) return`"
void returns_for_zero(void *block, size_t size)
{
    if (size == 0)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void refuses_zero_with_a_null(void *block, size_t size)
{
    if (block == nullptr || size == 0) {
        std::fprintf(stderr, "empty block\n");
        return;
    }
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

// Right: "`n > 0`"
void greater_than_zero(void *block, size_t size)
{
    if (size > 0)
        CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void both_given(void *block, size_t size)
{
    if (block && size)
        CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void signed_count(float *block, int count)
{
    if (count <= 0)
        return;
    CHECK(cudaHostRegister(block, count * sizeof(float), cudaHostRegisterDefault));
}

void at_least_a_page(void *block, size_t size)
{
    if (size < 4096)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

// Right: "an assert"
void asserted(void *block, size_t size)
{
    assert(size > 0);
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void asserted_count(float *block, int rows, int columns)
{
    assert(rows > 0 && columns > 0);
    CHECK(cudaHostRegister(block, sizeof(float) * rows * columns, cudaHostRegisterDefault));
}

// Right: "a loop bound"
void loop_bound(float **blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(cudaHostRegister(blocks[i], count * sizeof(float), cudaHostRegisterDefault));
}

// Right: never 0 by arithmetic.
void one_more(char *text)
{
    CHECK(cudaHostRegister(text, std::strlen(text) + 1, cudaHostRegisterDefault));
}

void clamped(void *block, size_t size)
{
    CHECK(cudaHostRegister(block, std::max<size_t>(size, 1), cudaHostRegisterDefault));
}

void default_for_zero(void *block, size_t size)
{
    CHECK(cudaHostRegister(block, size ? size : 4096, cudaHostRegisterDefault));
}

void default_by_assignment(void *block, size_t size)
{
    if (size == 0)
        size = 4096;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void rounded_up(char *block, size_t size)
{
    if (size == 0)
        return;
    const size_t rounded = (size + 4095) & ~static_cast<size_t>(4095);
    CHECK(cudaHostRegister(block, rounded, cudaHostRegisterDefault));
}

// Right: ... rounded up to pages, of whatever size those are.
void rounded_up_to_pages(char *block, size_t size)
{
    if (size == 0)
        return;
    const size_t page = sysconf(_SC_PAGESIZE);
    CHECK(cudaHostRegister(block, (size + page - 1) & ~(page - 1), cudaHostRegisterDefault));
}

void multiple_of_pages(char *block, size_t size)
{
    if (size == 0)
        return;
    const size_t page = sysconf(_SC_PAGESIZE);
    CHECK(cudaHostRegister(block, (size + page - 1) / page * page, cudaHostRegisterDefault));
}

void four_pages(char *block)
{
    CHECK(cudaHostRegister(block, 4 * (size_t)getpagesize(), cudaHostRegisterDefault));
}

void rounded_up_to(char *block, size_t size, size_t alignment)
{
    if (size != 0)
        CHECK(cudaHostRegister(block, (size + alignment - 1) & ~(alignment - 1), 0));
}

void pages_around(uintptr_t block, size_t size)
{
    if (size == 0)
        return;
    const uintptr_t begin = block & ~(uintptr_t)4095, end = (block + size + 4095) & ~(uintptr_t)4095;
    CHECK(cudaHostRegister((void *)begin, end - begin, cudaHostRegisterDefault));
}

void power_of_two(char *block, unsigned order)
{
    CHECK(cudaHostRegister(block, (size_t)4096 << order, cudaHostRegisterDefault));
}

template <typename T, size_t N>
void elements_of_array(std::array<T, N> &elements)
{
    CHECK(cudaHostRegister(elements.data(), elements.size() * sizeof(T), 0));
}

// Nothing is rounded to nothing, and down some is.
void rounded_to_pages(char *block, size_t size)
{
    const size_t page = sysconf(_SC_PAGESIZE);
    CHECK(cudaHostRegister(block, (size + page - 1) & ~(page - 1), 0)); // expect: nonconstant-size
}

void whole_pages(char *block, size_t size)
{
    const size_t page = sysconf(_SC_PAGESIZE);
    if (size != 0)
        CHECK(cudaHostRegister(block, size & ~(page - 1), 0)); // expect: nonconstant-size
}

void pages_within(uintptr_t block, size_t size)
{
    if (size == 0)
        return;
    const uintptr_t begin = (block + 4095) & ~(uintptr_t)4095, end = (block + size) & ~(uintptr_t)4095;
    CHECK(cudaHostRegister((void *)begin, end - begin, 0)); // expect: nonconstant-size
}

// Right: constants of every kind.
constexpr size_t rows = 128;
const size_t columns = 64;
enum { depth = 3 };
#define TILE 32

void constants(float *block)
{
    size_t bytes = rows * columns;

    bytes *= sizeof(float);
    bytes *= depth;
    CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    CHECK(cudaHostRegister(block, TILE * TILE * sizeof *block, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
}

void guard_of_the_count(float *block, size_t count)
{
    const size_t bytes = count * sizeof(*block);

    if (count == 0)
        return;
    CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
}

void guard_of_the_bytes(float *block, size_t count)
{
    const size_t bytes = sizeof(*block) * count;

    if (!bytes)
        return;
    CHECK(cudaHostRegister(block, count * sizeof(float), cudaHostRegisterDefault));
}

// Right: the guard is a flag made of the test.
void guard_kept_in_a_flag(void *block, size_t size)
{
    const bool usable = block != nullptr && size != 0;

    if (!usable)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

// Right: nobody changes what is declared const, whoever has its address.
void look_at(const bool *flag);

void guard_kept_in_a_flag_that_others_see(void *block, size_t size)
{
    const bool usable = block != nullptr && size != 0;

    look_at(&usable);
    if (!usable)
        return;
    CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault));
}

void end_after_begin(char *begin, char *end)
{
    if (begin >= end)
        return;
    CHECK(cudaHostRegister(begin, end - begin, cudaHostRegisterDefault));
}

// Right: a narrower type does not lose the guard.
void narrow(void *block, uint32_t pages)
{
    if (pages == 0u)
        return;
    CHECK(cudaHostRegister(block, static_cast<size_t>(pages) << 12, cudaHostRegisterDefault));
}

static void allocated_run()
{
    malloc_of_the_same_size(100);
}

static const struct run_case cases[] = {CASE(allocated_run)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
