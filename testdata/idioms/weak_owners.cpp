// A weak_ptr knows what the owners own, and whether one is left.
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <vector>

using samples = std::vector<char>;
void elsewhere();

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void undone_through_a_lock()
{
    auto owner = std::make_shared<samples>(4096);
    std::weak_ptr<samples> seen = owner;
    if (auto locked = seen.lock())
        check(cudaHostRegister(locked->data(), locked->size(), 0));
    elsewhere();
    if (auto locked = seen.lock())
        check(cudaHostUnregister(locked->data()));
    owner.reset();
}

void kept_by_a_lock()
{
    auto owner = std::make_shared<samples>(4096);
    std::weak_ptr<samples> seen = owner;
    auto locked = seen.lock();
    check(cudaHostRegister(owner->data(), owner->size(), 0));
    owner.reset();
    elsewhere();
    check(cudaHostUnregister(locked->data()));
}

void watched_only()
{
    std::weak_ptr<samples> seen;
    auto owner = std::make_shared<samples>(4096);
    seen = owner;
    check(cudaHostRegister(owner->data(), owner->size(), 0));
    elsewhere();
    owner.reset(); // expect: freed-while-registered
    if (auto locked = seen.lock())
        check(cudaHostUnregister(locked->data()));
}
