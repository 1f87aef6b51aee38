// Empty containers, empty strings, template arguments.
#include <cuda_runtime.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "../run_case.h"

template <typename Status>
void check_status(Status status, const char *where)
{
    if (status != Status(0))
        throw std::runtime_error(where);
}
#define CHECK(call) check_status((call), #call)

void vector_without_elements()
{
    std::vector<float> samples;

    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0)); // expect: zero-size
}

void reserve_is_no_resize()
{
    std::vector<float> samples;

    samples.reserve(1024);
    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0)); // expect: zero-size
}

void cleared()
{
    std::vector<int> table(256, 1);

    table.clear();
    CHECK(cudaHostRegister(table.data(), sizeof(int) * table.size(), 0)); // expect: zero-size
}

void empty_string()
{
    std::string text;

    CHECK(cudaHostRegister(&text[0], text.size(), cudaHostRegisterDefault)); // expect: zero-size
}

void only_where_it_is_empty(std::vector<char> &bytes)
{
    if (bytes.empty())
        CHECK(cudaHostRegister(bytes.data(), bytes.size(), 0)); // expect: zero-size
}

template <size_t Count>
struct block {
    float values[Count + 1];

    void pin()
    {
        CHECK(cudaHostRegister(values, Count * sizeof(float), 0)); // expect: zero-size
    }
    void unpin()
    {
        CHECK(cudaHostUnregister(values));
    }
};

void template_argument()
{
    static block<0> nothing;

    nothing.pin();
}

// Right.
template <size_t Count>
struct full_block {
    float values[Count];

    void pin()
    {
        CHECK(cudaHostRegister(values, Count * sizeof(float), 0));
    }
    void unpin()
    {
        CHECK(cudaHostUnregister(values));
    }
};

void template_argument_of_use()
{
    static full_block<64> some;

    some.pin();
    some.unpin();
}

// Right: sized when it was made.
void sized_vector()
{
    std::vector<float> samples(1024);

    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(float), 0));
    CHECK(cudaHostUnregister(samples.data()));
}

// Right: sized by resize.
void resized_vector()
{
    std::vector<float> samples;

    samples.resize(1024);
    CHECK(cudaHostRegister(samples.data(), samples.size() * sizeof(samples[0]), 0));
    CHECK(cudaHostUnregister(samples.data()));
}

// Right: the elements are pushed before.
void pushed_vector()
{
    std::vector<int> table;

    for (int i = 0; i < 100; i++)
        table.push_back(i);
    CHECK(cudaHostRegister(table.data(), 100 * sizeof(int), 0));
    CHECK(cudaHostUnregister(table.data()));
}

// Right: reserved memory is there, and the capacity is what is registered.
void reserved_capacity()
{
    std::vector<float> samples;

    samples.reserve(1024);
    CHECK(cudaHostRegister(samples.data(), 1024 * sizeof(float), 0));
    CHECK(cudaHostUnregister(samples.data()));
}

// Right: nothing to do for an empty one.
void guarded(std::vector<char> &bytes)
{
    if (bytes.empty())
        return;
    CHECK(cudaHostRegister(bytes.data(), bytes.size(), 0));
    CHECK(cudaHostUnregister(bytes.data()));
}

void fixed_array()
{
    static std::array<double, 32> table{};

    CHECK(cudaHostRegister(table.data(), table.size() * sizeof(double), 0));
    CHECK(cudaHostUnregister(table.data()));
}

void empty_run()
{
    std::vector<char> bytes;

    only_where_it_is_empty(bytes);
}

static const struct run_case cases[] = {
    CASE(vector_without_elements), CASE(reserve_is_no_resize), CASE(cleared), CASE(empty_string),
    CASE(empty_run), CASE(template_argument), CASE(template_argument_of_use),
    CASE(sized_vector), CASE(resized_vector), CASE(pushed_vector), CASE(reserved_capacity),
    CASE(fixed_array),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

void empty_by_count()
{
    std::vector<float> samples;
    const size_t count = samples.size();
    CHECK(cudaHostRegister(samples.data(), count, 0)); // expect: zero-size
}

// One caller's size is certain: the note on what other callers may give is no second finding.
struct packet {
    std::vector<char> body;
};

bool pin_packet(packet &p)
{
    return cudaHostRegister(p.body.data(), p.body.size(), 0) == cudaSuccess; // expect: zero-size
}

void pin_empty_packet()
{
    packet p;
    p.body.reserve(4096);
    if (pin_packet(p))
        (void)cudaHostUnregister(p.body.data());
}
