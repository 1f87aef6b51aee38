// The deleter comes with the pointer, also in an assignment.
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <memory>
#include <utility>

using release = void (*)(void *);
using handle = std::unique_ptr<void, release>;

static void release_plain(void *memory)
{
    std::free(memory); // expect: mismatched-free
}

static void release_pinned(void *memory)
{
    (void)cudaFreeHost(memory);
}

static handle plain()
{
    return handle(std::malloc(8192), release_plain);
}

static handle pinned(release with)
{
    void *memory = nullptr;
    if (cudaMallocHost(&memory, 8192) != cudaSuccess)
        std::abort();
    return handle(memory, with);
}

struct unpin {
    void operator()(void *memory) const
    {
        (void)cudaHostUnregister(memory);
        std::free(memory);
    }
};
using locked = std::unique_ptr<void, unpin>;

static locked lock()
{
    void *memory = std::malloc(8192);
    if (!memory)
        std::abort();
    if (cudaHostRegister(memory, 8192, 0) != cudaSuccess)
        std::abort();
    return locked(memory);
}

/* Whatever frees it, as one type. */
using erased = std::unique_ptr<void, std::function<void(void *)>>;

static erased pinned_erased(std::function<void(void *)> free_it)
{
    void *memory = nullptr;
    if (cudaMallocHost(&memory, 8192) != cudaSuccess)
        std::abort();
    return erased(memory, std::move(free_it));
}

static void erased_deleters()
{
    erased a(std::malloc(8192), &std::free);
    erased b = pinned_erased([](void *memory) { (void)cudaFreeHost(memory); });
    a = std::move(b);
    b = erased(std::malloc(8192), [](void *memory) { std::free(memory); });
    std::swap(a, b);
    erased c = pinned_erased([](void *memory) { std::free(memory); }); // expect: mismatched-free
}

int main()
{
    erased_deleters();
    handle a = plain();
    handle b = pinned(release_pinned);
    a = std::move(b);
    b = plain();
    std::swap(a, b);
    a = std::move(b);
    b = pinned(release_plain);
    a = std::move(b);
    locked one = lock();
    locked two = lock();
    one = std::move(two);
    two = lock();
}
