// Pairs, tuples and their parts: what they hold is the same memory under another name.
#include <array>
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

void elsewhere();

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static std::pair<void *, size_t> pinned_pair(size_t size)
{
    void *data = std::malloc(size);
    if (!data || size == 0)
        std::abort();
    check(cudaHostRegister(data, size, 0));
    return std::make_pair(data, size);
}

using owner = std::unique_ptr<char[]>;

static std::tuple<owner, size_t, int> pinned_tuple(size_t size)
{
    auto data = std::make_unique<char[]>(size);
    if (size != 0)
        check(cudaHostRegister(data.get(), size, 0));
    return {std::move(data), size, 1};
}

void freed_through_a_binding()
{
    auto [data, size] = pinned_pair(4096);
    elsewhere();
    std::free(data); // expect: freed-while-registered
}

void undone_through_a_binding()
{
    auto pair = pinned_pair(4096);
    auto [data, size] = pair;
    elsewhere();
    check(cudaHostUnregister(pair.first));
    std::free(data);
}

void freed_by_number()
{
    auto made = std::make_tuple(std::malloc(4096), 4096UL);
    if (!std::get<void *>(made))
        return;
    check(cudaHostRegister(std::get<0>(made), std::get<1>(made), 0));
    elsewhere();
    std::free(std::get<0>(made)); // expect: freed-while-registered
}

void tied()
{
    void *data;
    std::tie(data, std::ignore) = pinned_pair(4096);
    elsewhere();
    check(cudaHostUnregister(data));
    std::free(data);
}

void dies_with_the_tuple()
{
    auto made = pinned_tuple(4096);
    elsewhere();
} // expect: freed-while-registered

void moved_from_tuple_to_tuple()
{
    auto made = pinned_tuple(4096);
    std::tuple<owner, size_t, int> kept;
    kept = std::move(made);
    elsewhere();
    check(cudaHostUnregister(std::get<owner>(kept).get()));
}

void tied_to_an_owner()
{
    owner data;
    size_t size;
    std::tie(data, size, std::ignore) = pinned_tuple(4096);
    elsewhere();
    check(cudaHostUnregister(data.get()));
}

void elements_of_an_array()
{
    std::array<owner, 2> rows{std::make_unique<char[]>(4096), std::make_unique<char[]>(4096)};
    auto &[first, second] = rows;
    check(cudaHostRegister(first.get(), 4096, 0));
    check(cudaHostRegister(second.get(), 4096, 0));
    elsewhere();
    check(cudaHostUnregister(rows[0].get()));
    check(cudaHostUnregister(std::get<1>(rows).get()));
}

struct slot {
    std::tuple<void *, size_t> kept;
    void on()
    {
        void *data = std::malloc(4096);
        if (!data)
            return;
        check(cudaHostRegister(data, 4096, 0));
        kept = std::make_tuple(data, size_t{4096});
    }
    void off()
    {
        auto [data, size] = kept;
        if (!data)
            return;
        check(cudaHostUnregister(data));
        std::free(data);
        kept = {nullptr, 0};
    }
};

void in_a_member()
{
    slot one{};
    one.on();
    elsewhere();
    one.off();
}

void in_a_vector()
{
    std::vector<std::pair<void *, size_t>> all;
    all.push_back(pinned_pair(4096));
    elsewhere();
    for (auto &[data, size] : all) {
        check(cudaHostUnregister(data));
        std::free(data);
    }
}
