// Arguments: flags, sizes, addresses.
#include <cuda.h>
#include <cuda_runtime.h>

#include <cstdlib>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess)                                                                \
            std::exit(1);                                                                          \
    } while (0)
#define COUNT 50 + 50
#define PIN(block, size) CHECK(cudaHostRegister(block, size, cudaHostRegisterDefault))

static char area[8192];

struct pair {
    double first, second;
};

void flags()
{
    CHECK(cudaHostRegister(area, 1024, cudaHostAllocMapped | cudaHostRegisterPortable)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostRegister(area, 1024, CU_MEMHOSTALLOC_PORTABLE)); // expect: invalid-flags
    CHECK(cudaHostUnregister(area));
    CHECK(cudaHostRegister(area, 1024, cudaHostAllocWriteCombined)); // expect: invalid-flags
}

void count_of_elements(size_t count)
{
    if (count == 0)
        return;
    pair *block = new pair[count];
    float *numbers = new float[count + 1];
    double *macros = new double[COUNT];

    CHECK(cudaHostRegister(block, count, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostRegister(&numbers[0], count + 1, 0)); // expect: size-mismatch
    CHECK(cudaHostRegister(macros, COUNT, 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(macros));
    CHECK(cudaHostUnregister(numbers));
    CHECK(cudaHostUnregister(block));
    delete[] macros;
    delete[] numbers;
    delete[] block;
}

void in_a_macro()
{
    int *block = new int[100];

    PIN(block, 100); // expect: size-mismatch
    CHECK(cudaHostUnregister(block));
    delete[] block;
}

void of_another_kind()
{
    pair *one = new pair;
    double *many = new double[64];
    std::vector<int> values(64);

    CHECK(cudaHostRegister(one, sizeof one, 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(one));
    CHECK(cudaHostRegister(many, sizeof(float) * 64, 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(many));
    CHECK(cudaHostRegister(values.data(), values.size(), 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(values.data()));
    delete[] many;
    delete one;
}

void addresses()
{
    char *block = new char[4096];
    char *leaked = new char[4096];
    char *other = new char[64];

    CHECK(cudaHostRegister(reinterpret_cast<void *>(&block), 4096, 0)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&block));
    CHECK(cudaHostRegister(&leaked, 4096, 0)); // expect: address-of-pointer
    CHECK(cudaHostRegister(&other, 4096, 0)); // expect: address-of-pointer
    CHECK(cudaHostUnregister(&other));
    delete[] other;
    delete[] leaked;
    delete[] block;
}
