// Right: objects that undo their registration, in arrays, containers and smart pointers.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

class pinned
{
  public:
    explicit pinned(size_t bytes) : block(std::malloc(bytes))
    {
        if (block == nullptr)
            throw std::bad_alloc();
        if (cudaHostRegister(block, 64, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(block);
            throw std::bad_alloc();
        }
    }
    pinned() : pinned(4096)
    {
    }
    ~pinned()
    {
        if (block != nullptr) {
            (void)cudaHostUnregister(block);
            std::free(block);
        }
    }
    pinned(const pinned &) = delete;
    pinned &operator=(const pinned &) = delete;
    pinned(pinned &&other) noexcept : block(std::exchange(other.block, nullptr))
    {
    }

  private:
    void *block;
};

struct undo {
    void operator()(void *block) const
    {
        (void)cudaHostUnregister(block);
        std::free(block);
    }
};
using owner = std::unique_ptr<void, undo>;

static owner make()
{
    void *block = std::malloc(4096);

    if (block == nullptr)
        return nullptr;
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(block);
        return nullptr;
    }
    return owner(block);
}

void array_by_hand()
{
    pinned *three = new pinned[3];

    delete[] three;
}

void array_of_a_count(size_t count)
{
    pinned *some = new pinned[count];

    delete[] some;
}

void array_that_is_owned()
{
    std::unique_ptr<pinned[]> three(new pinned[3]);
}

void elements()
{
    std::vector<pinned> some;
    std::optional<pinned> one;

    some.emplace_back(64);
    some.push_back(pinned(128));
    one.emplace(64);
}

// A shared_ptr takes the deleter of the unique_ptr that it is made from.
void handed_to_shared()
{
    owner first = make();
    std::shared_ptr<void> second(std::move(first));
    std::shared_ptr<void> third = make();
}

static const struct run_case cases[] = {
    CASE(array_by_hand),
    CASE(array_that_is_owned),
    CASE(elements),
    CASE(handed_to_shared),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
