// Memory that nobody may write, registered as if one could.
#include <cuda_runtime.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { SIZE = 4096 };

static const float coefficients[] = {1.0f, 0.5f, 0.25f, 0.125f};
const char banner[] = "a banner of some length";
static char writable[] = "an array that was initialised";

struct settings {
    int width, height;
    mutable int uses;
};

static const settings changing = {640, 480, 0};

static double measured()
{
    return static_cast<double>(unseen_size());
}

static const double computed[] = {measured(), measured()};

// "a string literal"
void literal()
{
    const char *text = "some text";

    CHECK(cudaHostRegister(const_cast<char *>(text), 10, cudaHostRegisterDefault)); // expect: readonly-memory
    CHECK(cudaHostUnregister(const_cast<char *>(text)));
}

// "a `const` object of static storage with a constant initialiser and no mutable part"
void constant_table()
{
    CHECK(cudaHostRegister((void *)coefficients, sizeof coefficients, cudaHostRegisterMapped)); // expect: readonly-memory
    CHECK(cudaHostUnregister((void *)coefficients));
}

void constant_text()
{
    CHECK(cudaHostRegister(const_cast<char *>(&banner[2]), 8, cudaHostRegisterPortable)); // expect: readonly-memory
    CHECK(cudaHostUnregister(const_cast<char *>(&banner[2])));
}

void constant_of_a_function()
{
    static constexpr int steps[] = {1, 2, 3, 5, 8};

    CHECK(cudaHostRegister(const_cast<int *>(steps), sizeof steps, 0)); // expect: readonly-memory
    CHECK(cudaHostUnregister(const_cast<int *>(steps)));
}

// "a mapping made (or by `mprotect` turned) without PROT_WRITE"
void mapped_for_reading()
{
    int descriptor = open("/proc/self/exe", O_RDONLY);

    if (descriptor < 0)
        return;
    void *file = mmap(nullptr, SIZE, PROT_READ, MAP_PRIVATE, descriptor, 0);
    close(descriptor);
    if (file == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(file, SIZE, cudaHostRegisterDefault)); // expect: readonly-memory
    CHECK(cudaHostUnregister(file));
    munmap(file, SIZE);
}

void protected_later()
{
    void *region = mmap(nullptr, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    std::memset(region, 1, SIZE);
    if (mprotect(region, SIZE, PROT_READ) != 0)
        return;
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterPortable)); // expect: readonly-memory
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// Right: "registered without `cudaHostRegisterReadOnly`" does not apply.
void with_the_flag()
{
    CHECK(cudaHostRegister((void *)coefficients, sizeof coefficients, cudaHostRegisterReadOnly));
    CHECK(cudaHostUnregister((void *)coefficients));
    CHECK(cudaHostRegister(const_cast<char *>(banner), sizeof banner,
                           cudaHostRegisterReadOnly | cudaHostRegisterPortable));
    CHECK(cudaHostUnregister(const_cast<char *>(banner)));
}

void mapped_for_reading_with_the_flag()
{
    int descriptor = open("/proc/self/exe", O_RDONLY);

    if (descriptor < 0)
        return;
    void *file = mmap(nullptr, SIZE, PROT_READ, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (file == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(file, SIZE, cudaHostRegisterReadOnly));
    CHECK(cudaHostUnregister(file));
    munmap(file, SIZE);
}

// Right: an array that a literal initialised is a copy.
void copy_of_a_literal()
{
    char local[] = "local copy";

    CHECK(cudaHostRegister(writable, sizeof writable, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(writable));
    CHECK(cudaHostRegister(local, sizeof local, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(local));
}

// Right: on the stack, `const` is a promise of the compiler's only.
void constant_on_the_stack()
{
    const int steps[] = {1, 2, 3, static_cast<int>(unseen_size())};

    CHECK(cudaHostRegister(const_cast<int *>(steps), sizeof steps, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(const_cast<int *>(steps)));
}

// Right: a mutable part, and an initialiser that runs, keep the object in writable memory.
void not_in_read_only_memory()
{
    CHECK(cudaHostRegister((void *)&changing, sizeof changing, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister((void *)&changing));
    CHECK(cudaHostRegister((void *)computed, sizeof computed, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister((void *)computed));
}

// Right: a pointer to const says nothing about the memory.
void constant_view(const float *samples)
{
    CHECK(cudaHostRegister(const_cast<float *>(samples), SIZE, cudaHostRegisterDefault));
}

void constant_containers()
{
    const std::vector<float> samples(1024);
    const std::string text(64, 'x');

    CHECK(cudaHostRegister((void *)samples.data(), 1024 * sizeof(float), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister((void *)samples.data()));
    CHECK(cudaHostRegister(const_cast<char *>(text.data()), 64, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(const_cast<char *>(text.data())));
}

void duplicated_literal()
{
    char *text = strdup("some text");

    if (text == nullptr)
        return;
    CHECK(cudaHostRegister(text, 10, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(text));
    std::free(text);
}

// Right: made writable again.
void protected_and_opened()
{
    void *region = mmap(nullptr, SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    if (mprotect(region, SIZE, PROT_READ | PROT_WRITE) != 0)
        return;
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

// Right: the protection is not known.
void protection_of_the_caller(int protection)
{
    void *region = mmap(nullptr, SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (region == MAP_FAILED)
        return;
    CHECK(cudaHostRegister(region, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(region));
    munmap(region, SIZE);
}

static const struct run_case cases[] = {
    CASE(literal), CASE(constant_table), CASE(constant_text), CASE(constant_of_a_function),
    CASE(mapped_for_reading), CASE(protected_later), CASE(with_the_flag),
    CASE(mapped_for_reading_with_the_flag), CASE(copy_of_a_literal), CASE(constant_on_the_stack),
    CASE(not_in_read_only_memory), CASE(constant_containers), CASE(duplicated_literal),
    CASE(protected_and_opened),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
