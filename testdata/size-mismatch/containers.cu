#include <cuda_runtime.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "../run_case.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

// `size()` counts elements.
void vector_size_as_bytes()
{
    std::vector<float> samples(1024);

    CHECK(cudaHostRegister(samples.data(), samples.size(), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(samples.data()));
}

// `sizeof` of the vector is the size of three pointers.
void size_of_the_vector()
{
    std::vector<int> values(1024);

    CHECK(cudaHostRegister(values.data(), sizeof(values), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(values.data()));
}

void size_of_another_element()
{
    std::vector<double> values(1024);

    CHECK(cudaHostRegister(values.data(), values.size() * sizeof(float), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(values.data()));
}

void count_of_an_array()
{
    static std::array<int, 256> table{};

    CHECK(cudaHostRegister(table.data(), table.size(), cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(table.data()));
}

void count_of_a_smart_array()
{
    auto block = std::make_unique<double[]>(512);

    CHECK(cudaHostRegister(block.get(), 512, cudaHostRegisterDefault)); // expect: size-mismatch
    CHECK(cudaHostUnregister(block.get()));
}

// Right.
void whole_containers()
{
    std::vector<double> values(1024);
    std::string text(1000, ' ');
    std::vector<char> bytes(4096);
    static std::array<int, 256> table{};

    CHECK(cudaHostRegister(values.data(), values.size() * sizeof(values[0]), 0));
    CHECK(cudaHostRegister(&text[0], text.size(), 0));
    CHECK(cudaHostRegister(bytes.data(), bytes.size(), 0));
    CHECK(cudaHostRegister(table.data(), table.size() * sizeof(int), 0));
    CHECK(cudaHostUnregister(table.data()));
    CHECK(cudaHostUnregister(bytes.data()));
    CHECK(cudaHostUnregister(&text[0]));
    CHECK(cudaHostUnregister(values.data()));
}

// Right: `sizeof` of a std::array is the size of its elements.
void size_of_the_array()
{
    static std::array<float, 128> table{};

    CHECK(cudaHostRegister(table.data(), sizeof table, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(table.data()));
}

// Right: the type's size by a template.
template <typename T>
void pin_and_unpin(std::vector<T> &values)
{
    if (values.empty())
        return;
    CHECK(cudaHostRegister(values.data(), values.size() * sizeof(T), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(values.data()));
}

void by_template()
{
    std::vector<double> doubles(100);
    std::vector<char> chars(100);

    pin_and_unpin(doubles);
    pin_and_unpin(chars);
}

// Right: a part of the vector, by its iterator.
void second_half()
{
    std::vector<int> values(1024);

    CHECK(cudaHostRegister(&values[512], 512 * sizeof(int), cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(&values[512]));
}

static const struct run_case cases[] = {
    CASE(vector_size_as_bytes), CASE(size_of_the_vector), CASE(size_of_another_element),
    CASE(count_of_an_array), CASE(count_of_a_smart_array), CASE(whole_containers),
    CASE(size_of_the_array), CASE(by_template), CASE(second_half),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// Made from two pointers: as many elements as lie between them.
void copied_samples(const float *samples, size_t count)
{
    if (count < 16)
        return;
    std::vector<float> all(samples, samples + count), rest(samples + 8, samples + count);
    CHECK(cudaHostRegister(all.data(), count * sizeof(float), 0));
    CHECK(cudaHostUnregister(all.data()));
    CHECK(cudaHostRegister(all.data(), count, 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(all.data()));
    CHECK(cudaHostRegister(rest.data(), rest.size() * sizeof(float), 0));
    CHECK(cudaHostUnregister(rest.data()));
    CHECK(cudaHostRegister(rest.data(), count * sizeof(float), 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(rest.data()));
}
