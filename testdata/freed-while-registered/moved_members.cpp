// Objects whose members own: moved as a whole by what the language defines, made from lists.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

struct chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
};

// Right: the block goes from one object to the other.
void moved()
{
    chunk first{std::make_unique<char[]>(4096), 4096};
    chunk second = std::move(first);

    CHECK(cudaHostRegister(second.bytes.get(), second.size, 0));
    CHECK(cudaHostUnregister(second.bytes.get()));
}

// Right: likewise, registered before.
void moved_registered()
{
    chunk first{std::make_unique<char[]>(4096), 4096};

    CHECK(cudaHostRegister(first.bytes.get(), first.size, 0));
    chunk second = std::move(first);
    CHECK(cudaHostUnregister(second.bytes.get()));
}

// Right: empty until it is filled.
void filled_later()
{
    chunk empty{nullptr, 4096};

    empty.bytes = std::make_unique<char[]>(empty.size);
    CHECK(cudaHostRegister(empty.bytes.get(), empty.size, 0));
    CHECK(cudaHostUnregister(empty.bytes.get()));
}

void freed_by_the_second()
{
    auto first = std::make_unique<char[]>(4096);

    CHECK(cudaHostRegister(first.get(), 4096, 0));
    std::unique_ptr<char[]> second = std::move(first);
} // expect: freed-while-registered

static const struct run_case cases[] = {
    CASE(moved),
    CASE(moved_registered),
    CASE(filled_later),
    CASE(freed_by_the_second),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
