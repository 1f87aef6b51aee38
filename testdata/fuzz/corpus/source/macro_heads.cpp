// Functions whose heads macros write, as test and benchmark frameworks have them.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEST_CASE_AS(function, ...)                                                                \
    static void function();                                                                        \
    static const int JOIN(function, _registered) = add_case(#__VA_ARGS__, function);               \
    static void function()
#define TEST_CASE(...) TEST_CASE_AS(JOIN(case_in_line_, __LINE__), __VA_ARGS__)
#define BENCHMARK(name) void name()
#define METHOD(type, name) void type::name()
#define SECTION(...) if (const bool runs = enters(__VA_ARGS__))

static int add_case(const char *name, void (*function)())
{
    return name != nullptr && function != nullptr;
}

static bool enters(const char *name)
{
    return name != nullptr;
}

struct fixture {
    void *block = std::malloc(4096);

    void leaves_it_registered();
};

TEST_CASE("nothing to register", "[pin]")
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (cudaHostRegister(block, 0, 0) == cudaSuccess) // expect: zero-size
        (void)cudaHostUnregister(block);
    std::free(block);
}

TEST_CASE("sections", "[pin]")
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    SECTION("right")
    {
        if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
            (void)cudaHostUnregister(block);
    }
    SECTION("wrong")
    {
        (void)cudaFreeHost(block); // expect: mismatched-free
    }
    std::free(block);
}

BENCHMARK(freed_too_early)
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess) {
        std::free(block);
        return;
    }
    std::free(block); // expect: freed-while-registered
    (void)cudaHostUnregister(block);
}

// Right.
BENCHMARK(in_order)
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        (void)cudaHostUnregister(block);
    std::free(block);
}

METHOD(fixture, leaves_it_registered)
{
    if (block != nullptr &&
        cudaHostRegister(block, 4096, 0) == cudaSuccess) // expect: register-leak
        in_order();
}

static const struct run_case cases[] = {CASE(freed_too_early), CASE(in_order)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
