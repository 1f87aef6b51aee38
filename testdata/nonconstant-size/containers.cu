// Sizes of containers and of objects.
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "../run_case.h"

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        cudaError_t result = (__VA_ARGS__);                                                        \
        if (result != cudaSuccess)                                                                 \
            throw std::runtime_error(cudaGetErrorString(result));                                  \
    } while (0)

void pin_vector(std::vector<float> &samples)
{
    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault)); // expect: nonconstant-size
}

template <typename T>
void pin_any(std::vector<T> &values)
{
    CHECK(cudaHostRegister(values.data(), values.size() * sizeof(T), cudaHostRegisterDefault)); // expect: nonconstant-size
}

template void pin_any<double>(std::vector<double> &values);
template void pin_any<int>(std::vector<int> &values);

struct image {
    unsigned char *pixels;
    int width, height;

    size_t bytes() const
    {
        return static_cast<size_t>(width) * height;
    }
};

void pin_image(image &picture)
{
    CHECK(cudaHostRegister(picture.pixels, picture.bytes(), cudaHostRegisterMapped)); // expect: nonconstant-size
}

void made_by_a_count(int count)
{
    std::vector<float> samples(count);

    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0)); // expect: nonconstant-size
    CHECK(cudaHostUnregister(samples.data()));
}

// A guard in one branch does not cover the other.
void half_guarded(std::vector<char> &bytes, bool strict)
{
    if (strict && bytes.empty())
        throw std::invalid_argument("empty");
    CHECK(cudaHostRegister(bytes.data(), bytes.size(), cudaHostRegisterDefault)); // expect: nonconstant-size
}

// Right: "`!v.empty()`"
void not_empty(std::vector<float> &samples)
{
    if (!samples.empty())
        CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0));
}

void throws_for_empty(std::vector<float> &samples)
{
    if (samples.size() == 0)
        throw std::invalid_argument("empty");
    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0));
}

void guard_kept_in_a_variable(std::vector<float> &samples)
{
    const auto bytes = samples.size() * sizeof(float);

    if (bytes > 0)
        CHECK(cudaHostRegister(samples.data(), bytes, cudaHostRegisterDefault));
}

void image_with_pixels(image &picture)
{
    if (picture.width <= 0 || picture.height <= 0)
        return;
    CHECK(cudaHostRegister(picture.pixels, picture.bytes(), cudaHostRegisterMapped));
}

// Right: a size that was given as a constant.
void constant_count()
{
    std::vector<float> samples(4096);
    std::string text(100, ' ');

    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0));
    CHECK(cudaHostRegister(&text[0], text.size(), 0));
    CHECK(cudaHostUnregister(&text[0]));
    CHECK(cudaHostUnregister(samples.data()));
}

// Right: one element was added.
void one_added(std::vector<int> &values)
{
    values.push_back(1);
    CHECK(cudaHostRegister(values.data(), values.size() * sizeof(int), 0));
    CHECK(cudaHostUnregister(values.data()));
}

// Right: template arguments are constants.
template <typename T, int Rows, int Columns>
struct matrix {
    T cells[Rows][Columns];

    void pin()
    {
        CHECK(cudaHostRegister(cells, sizeof(T) * Rows * Columns, cudaHostRegisterDefault));
    }
    ~matrix()
    {
        (void)cudaHostUnregister(cells);
    }
};

template struct matrix<float, 4, 4>;

// Right: in a range-for over the elements there is one.
struct chunk {
    char *start;
};

void each_chunk(std::vector<chunk> &chunks)
{
    for (chunk &part : chunks)
        CHECK(cudaHostRegister(part.start, chunks.size() * 64, cudaHostRegisterDefault));
}

static void vector_run()
{
    made_by_a_count(100);
}

static const struct run_case cases[] = {CASE(vector_run), CASE(constant_count)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

void copied_bytes(const char *bytes, size_t count)
{
    if (count < sizeof(int))
        return;
    std::vector<char> copy(bytes, bytes + count);
    CHECK(cudaHostRegister(copy.data(), copy.size(), 0));
    CHECK(cudaHostUnregister(copy.data()));
}

void copied_all(const char *bytes, size_t count)
{
    std::vector<char> copy(bytes, bytes + count);
    CHECK(cudaHostRegister(copy.data(), copy.size(), 0)); // expect: nonconstant-size
    CHECK(cudaHostUnregister(copy.data()));
}
