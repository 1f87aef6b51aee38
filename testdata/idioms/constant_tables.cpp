// Sizes, flags and functions from constant tables.
#include "../run_case.h"

#include <array>
#include <cstdlib>
#include <cuda_runtime_api.h>

struct pool_class {
    const char *name;
    size_t bytes;
    unsigned int flags;
};

struct backend {
    cudaError_t (*pin)(void *, size_t, unsigned int);
    cudaError_t (*unpin)(void *);
};

static const size_t sizes[] = {0, 4096};
static constexpr size_t powers[] = {4096, 8192, 16384};
constexpr std::array<size_t, 2> halves = {0, 2048};
static const size_t same[4] = {4096, 4096, 4096, 4096};
static const pool_class classes[] = {
    {"small", 1 << 12, cudaHostRegisterDefault},
    {"large", 4 * sizeof(double) << 10, cudaHostRegisterPortable},
    {"odd", 64, 16},
};
static const pool_class nothing = {.name = "nothing", .bytes = 0, .flags = 0};
static const pool_class *const favourites[] = {&classes[1], &nothing};
static const backend direct = {cudaHostRegister, cudaHostUnregister};
static const char *const labels[] = {"left", "right"};
static size_t changing[] = {0, 4096};

alignas(4096) static char area[1 << 16];

static void pin(size_t size, unsigned int flags);

void first_size()
{
    if (cudaHostRegister(area, sizes[0], 0) == cudaSuccess) // expect: zero-size
        (void)cudaHostUnregister(area);
}

void second_size()
{
    if (cudaHostRegister(area, sizes[1], 0) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

void some_size(int i)
{
    if (cudaHostRegister(area, sizes[i], 0) == cudaSuccess) // expect: nonconstant-size
        (void)cudaHostUnregister(area);
}

// Right: none of them is 0.
void some_power(int i)
{
    if (cudaHostRegister(area, powers[i], 0) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

// Right: whichever it is.
void one_of_the_same(int i)
{
    if (cudaHostRegister(area, same[i], 0) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

void first_half()
{
    if (cudaHostRegister(area, halves[0], 0) == cudaSuccess) // expect: zero-size
        (void)cudaHostUnregister(area);
}

void every_size()
{
    for (size_t size : sizes)
        if (cudaHostRegister(area, size, 0) == cudaSuccess) // expect: zero-size
            (void)cudaHostUnregister(area);
}

// Right: the loop begins behind the 0.
void every_size_but_the_first()
{
    for (int i = 1; i < 2; i++)
        if (cudaHostRegister(area, sizes[i], 0) == cudaSuccess)
            (void)cudaHostUnregister(area);
}

// Right.
void large_class()
{
    pin(classes[1].bytes, classes[1].flags);
}

void odd_class()
{
    const pool_class &odd = classes[2];

    if (cudaHostRegister(area, odd.bytes, odd.flags) == cudaSuccess) // expect: invalid-flags
        (void)cudaHostUnregister(area);
}

void favourite()
{
    if (cudaHostRegister(area, favourites[1]->bytes, 0) == cudaSuccess) // expect: zero-size
        (void)cudaHostUnregister(area);
}

void by_the_table_of_functions()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (direct.pin(block, 4096, 0) != cudaSuccess) {
        std::free(block);
        return;
    }
    std::free(block); // expect: freed-while-registered
    (void)direct.unpin(block);
}

void a_label(int i)
{
    if (cudaHostRegister(const_cast<char *>(labels[i]), 4, 0) == cudaSuccess)
        (void)cudaHostUnregister(const_cast<char *>(labels[i]));
}

// Right: others may have changed it.
void not_constant()
{
    if (changing[0] != 0 && cudaHostRegister(area, changing[0], 0) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

static void pin(size_t size, unsigned int flags)
{
    if (cudaHostRegister(area, size, flags) == cudaSuccess)
        (void)cudaHostUnregister(area);
}

static void large_class_run()
{
    large_class();
}

static const struct run_case cases[] = {
    CASE(first_size),
    CASE(second_size),
    CASE(first_half),
    CASE(every_size),
    CASE(every_size_but_the_first),
    CASE(large_class_run),
    CASE(odd_class),
    CASE(favourite),
    CASE(by_the_table_of_functions),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
