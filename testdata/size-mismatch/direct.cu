// Sizes that are not the object's.
#include <cuda_runtime.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

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

static char small_area[100];
static int numbers[1024];

struct particle {
    double position[3];
    float mass;
};

// "the size provably exceeds the object"
void beyond_the_array()
{
    CHECK(cudaHostRegister(small_area, 200, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(small_area));
}

void beyond_the_block()
{
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block + 1024, 4096, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block + 1024));
    std::free(block);
}

// Rounded up to pages, which the object was not.
void rounded_up_to_pages()
{
    char *block = new char[5000];

    CHECK(cudaHostRegister(block, 8192, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// "an element count where bytes are meant (`malloc(n * sizeof *p)` or `new T[n]`, then size `n`)"
void count_of_malloc(size_t count)
{
    if (count == 0)
        return;
    double *block = static_cast<double *>(std::malloc(count * sizeof *block));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, count, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

void count_of_new(int count)
{
    if (count <= 0)
        return;
    float *block = new float[count];

    CHECK(cudaHostRegister(block, count, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

void count_of_an_array()
{
    CHECK(cudaHostRegister(numbers, 1024, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(numbers));
}

void constant_count()
{
    int *block = new int[100];

    CHECK(cudaHostRegister(block, 100, cudaHostRegisterPortable)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// "`sizeof` of a pointer"
void size_of_the_pointer()
{
    float *block = static_cast<float *>(std::malloc(4096));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, sizeof(block), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// "`sizeof` of another type"
void size_of_another_type(size_t count)
{
    if (count == 0)
        return;
    double *block = static_cast<double *>(std::malloc(count * sizeof(double)));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, count * sizeof(float), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// "bytes times `sizeof` again"
void bytes_times_size(size_t count)
{
    const size_t bytes = count * sizeof(float);

    if (bytes == 0)
        return;
    float *block = static_cast<float *>(std::malloc(bytes));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, bytes * sizeof(float), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: the size of the object, in all its spellings.
void whole_objects(size_t count)
{
    if (count == 0)
        return;
    particle *block = static_cast<particle *>(std::calloc(count, sizeof(particle)));
    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, sizeof(*block) * count, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
    CHECK(cudaHostRegister(numbers, sizeof numbers, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(numbers));
    CHECK(cudaHostRegister(&numbers, sizeof(int) * 1024, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&numbers));
}

void rows_times_columns(size_t rows, size_t columns)
{
    if (rows == 0 || columns == 0)
        return;
    float *block = new float[rows * columns];

    CHECK(cudaHostRegister(block, columns * sizeof(float) * rows, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// Right: "A deliberate part (`&a[k]` with a smaller size, one element) is silent."
void parts()
{
    CHECK(cudaHostRegister(&numbers[256], 256 * sizeof(int), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&numbers[256]));
    CHECK(cudaHostRegister(&numbers[7], sizeof(int), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&numbers[7]));
    CHECK(cudaHostRegister(numbers, sizeof numbers / 2, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(numbers));
}

void one_element(size_t count)
{
    if (count == 0)
        return;
    particle *block = new particle[count];

    CHECK(cudaHostRegister(block, sizeof *block, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

void first_half(size_t count)
{
    if (count < 2)
        return;
    double *block = new double[count];

    CHECK(cudaHostRegister(block, count / 2 * sizeof(double), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// Right: elements of one byte.
void bytes(size_t count)
{
    if (count == 0)
        return;
    uint8_t *block = new uint8_t[count];

    CHECK(cudaHostRegister(block, count, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

// Right: `sizeof` of a pointer where the elements are pointers.
void table_of_pointers(size_t count)
{
    if (count == 0)
        return;
    float **rows = static_cast<float **>(std::malloc(count * sizeof(float *)));
    if (rows == nullptr)
        return;
    CHECK(cudaHostRegister(rows, count * sizeof(float *), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(rows));
    std::free(rows);
}

void array_of_pointers()
{
    static float *rows[16];

    CHECK(cudaHostRegister(rows, sizeof rows, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(rows));
}

// Right: a header in front, padding behind: less than the block is registered, and not by a slip.
void without_the_padding(size_t payload)
{
    if (payload == 0)
        return;
    char *block = static_cast<char *>(std::malloc(payload + 4096));
    if (block == nullptr)
        return;
    char *aligned = reinterpret_cast<char *>((reinterpret_cast<uintptr_t>(block) + 4095) & ~uintptr_t(4095));
    CHECK(cudaHostRegister(aligned, payload, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(aligned));
    std::free(block);
}

// Right: the block is larger than the array of floats that is used of it.
void larger_on_purpose()
{
    const size_t used = 1000 * sizeof(float);
    char *block = static_cast<char *>(std::malloc(1 << 20));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(block, used, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    std::free(block);
}

// Right: nothing is known of the object.
void of_the_caller(float *block, size_t count)
{
    if (count == 0)
        return;
    CHECK(cudaHostRegister(block, count, cudaHostRegisterDefault));
}

static void slips_run()
{
    count_of_malloc(1000);
}

static void count_run()
{
    count_of_new(1000);
}

static void type_run()
{
    size_of_another_type(1000);
}

static void twice_run()
{
    bytes_times_size(1000);
}

static void right_run()
{
    whole_objects(100);
    rows_times_columns(10, 10);
    one_element(100);
    first_half(100);
    bytes(100);
    table_of_pointers(100);
    without_the_padding(100);
}

static const struct run_case cases[] = {
    CASE(beyond_the_array), CASE(beyond_the_block), CASE(rounded_up_to_pages), CASE(slips_run),
    CASE(count_run), CASE(count_of_an_array), CASE(constant_count), CASE(size_of_the_pointer),
    CASE(type_run), CASE(twice_run), CASE(right_run), CASE(parts), CASE(array_of_pointers),
    CASE(larger_on_purpose),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
