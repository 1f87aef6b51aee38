// "the call is given the address of a pointer variable (`&p`, where `p` points to the buffer)"
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
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

void address_of_a_local()
{
    float *block = static_cast<float *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    CHECK(cudaHostRegister(&block, SIZE, cudaHostRegisterDefault)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&block));
    std::free(block);
}

// As cudaMallocHost wants it, so somebody wrote it here too.
void with_the_cast_of_the_allocators()
{
    char *block = new char[SIZE];

    CHECK(cudaHostRegister((void **)&block, SIZE, cudaHostRegisterMapped)); // expect: address-of-pointer
    CHECK(cudaHostUnregister((void **)&block));
    delete[] block;
}

void address_of_a_parameter(double *values, size_t count)
{
    if (count == 0)
        return;
    CHECK(cudaHostRegister(&values, count * sizeof(double), cudaHostRegisterDefault)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&values));
}

static int *table;

void address_of_a_static()
{
    table = new int[1024];
    CHECK(cudaHostRegister(&table, 1024 * sizeof(int), cudaHostRegisterDefault)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&table));
    delete[] table;
}

void through_a_variable()
{
    float *block = new float[1024];
    void *what = &block;

    CHECK(cudaHostRegister(what, 1024 * sizeof(float), cudaHostRegisterDefault)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(what));
    delete[] block;
}

template <typename T>
static void pin(T *&block, size_t count)
{
    if (count == 0)
        return;
    CHECK(cudaHostRegister(&block, count * sizeof(T), cudaHostRegisterDefault)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&block));
}

void address_of_a_reference()
{
    int *values = new int[256];

    pin(values, 256);
    delete[] values;
}

// Right: "`&p` with size `sizeof p` is the pointer itself on purpose"
void the_pointer_itself()
{
    static void *slot = nullptr;

    CHECK(cudaHostRegister(&slot, sizeof slot, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&slot));
    CHECK(cudaHostRegister(&slot, sizeof(void *), cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&slot));
}

// Right: "A member, array element or object given by address is no `address-of-pointer`."
struct queue {
    unsigned int head, tail;
    void *entries[64];
    char *buffer;
};

void members(queue *shared)
{
    CHECK(cudaHostRegister(&shared->head, sizeof shared->head, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&shared->head));
    CHECK(cudaHostRegister(&shared->entries[8], 8 * sizeof(void *), cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&shared->entries[8]));
    CHECK(cudaHostRegister(&shared->entries, sizeof shared->entries, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&shared->entries));
}

void object()
{
    static queue own;

    CHECK(cudaHostRegister(&own, sizeof own, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&own));
}

void array()
{
    static float values[1024];
    static float *rows[32];

    CHECK(cudaHostRegister(&values, sizeof values, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&values));
    CHECK(cudaHostRegister((void **)&values[0], sizeof values, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&values[0]));
    CHECK(cudaHostRegister(&rows, sizeof rows, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&rows));
    CHECK(cudaHostRegister(&rows[1], 4 * sizeof rows[0], cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&rows[1]));
}

void what_it_points_to()
{
    float *block = new float[1024];

    CHECK(cudaHostRegister(&block[0], 1024 * sizeof(float), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&*block));
    delete[] block;
}

void pointer_to_pointer(char **where)
{
    CHECK(cudaHostRegister(*where, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(*where));
}

// Right: the parameter points to the caller's array of pointers.
void array_of_the_caller(float **rows, size_t count)
{
    if (count == 0)
        return;
    CHECK(cudaHostRegister(rows, count * sizeof(float *), cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(rows));
}

// Right: a structure by value.
struct parameters {
    float scale;
    int rounds;
};

void by_value(parameters config)
{
    CHECK(cudaHostRegister((void **)&config, sizeof config, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister((void **)&config));
}

// Right: an integer that a kernel counts in.
void counter()
{
    static unsigned long long hits;

    CHECK(cudaHostRegister(&hits, sizeof hits, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(&hits));
}

void vector_elements()
{
    std::vector<float *> rows(16);
    std::vector<float> values(1024);

    CHECK(cudaHostRegister(&rows[0], 16 * sizeof(float *), cudaHostRegisterDefault));
    CHECK(cudaHostRegister(&values[0], 1024 * sizeof(float), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&values[0]));
    CHECK(cudaHostUnregister(&rows[0]));
}

static void parameter_run()
{
    double values[16];

    address_of_a_parameter(values, 16);
}

static const struct run_case cases[] = {
    CASE(address_of_a_local), CASE(with_the_cast_of_the_allocators), CASE(parameter_run),
    CASE(address_of_a_static), CASE(through_a_variable), CASE(address_of_a_reference),
    CASE(the_pointer_itself), CASE(object), CASE(array), CASE(what_it_points_to), CASE(counter),
    CASE(vector_elements),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
