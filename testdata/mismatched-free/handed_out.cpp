// An owner that is returned, or kept by others, frees its memory with the deleter that it was given.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
#include <new>

static void *pinned(size_t bytes)
{
    void *p;

    if (cudaMallocHost(&p, bytes) != cudaSuccess)
        throw std::bad_alloc();
    return p;
}

std::shared_ptr<void> by_free(size_t bytes)
{
    return std::shared_ptr<void>(pinned(bytes), free); // expect: mismatched-free
}

std::shared_ptr<void> by_the_right_one(size_t bytes)
{
    return std::shared_ptr<void>(pinned(bytes), cudaFreeHost);
}

std::shared_ptr<float> by_default(size_t bytes)
{
    return std::shared_ptr<float>(static_cast<float *>(pinned(bytes))); // expect: mismatched-free
}

std::shared_ptr<float> by_closure(size_t bytes)
{
    std::shared_ptr<float> owner(static_cast<float *>(pinned(bytes)), [](float *p) {
        delete[] p; // expect: mismatched-free
    });
    return owner;
}

std::shared_ptr<float> by_the_right_closure(size_t bytes)
{
    return std::shared_ptr<float>(static_cast<float *>(pinned(bytes)), [](float *p) {
        if (p && cudaFreeHost(p) != cudaSuccess)
            abort();
    });
}

std::unique_ptr<char, decltype(&free)> by_address(size_t bytes)
{
    return {static_cast<char *>(pinned(bytes)), &free}; // expect: mismatched-free
}

struct plain_deleter {
    void operator()(void *p) const { std::free(p); } // expect: mismatched-free
};
struct pinned_deleter {
    void operator()(void *p) const { (void)cudaFreeHost(p); }
};

std::unique_ptr<void, plain_deleter> by_class(size_t bytes)
{
    return std::unique_ptr<void, plain_deleter>(pinned(bytes));
}

std::unique_ptr<void, pinned_deleter> by_the_right_class(size_t bytes)
{
    return std::unique_ptr<void, pinned_deleter>(pinned(bytes));
}

std::shared_ptr<void> of_the_heap(size_t bytes)
{
    return std::shared_ptr<void>(std::malloc(bytes), cudaFreeHost); // expect: mismatched-free
}

// one that can be released, and its class names no deleter
std::unique_ptr<char[]> only_carried(size_t bytes)
{
    return std::unique_ptr<char[]>(static_cast<char *>(pinned(bytes)));
}

// until it is freed somebody may unregister it
std::shared_ptr<void> registered(size_t bytes)
{
    void *p = std::malloc(bytes);

    if (bytes == 0 || cudaHostRegister(p, bytes, 0) != cudaSuccess)
        throw std::bad_alloc();
    return std::shared_ptr<void>(p, free);
}

class keeper { // expect: mismatched-free
public:
    void keep(size_t bytes)
    {
        kept_ = std::shared_ptr<void>(pinned(bytes), free);
    }

private:
    std::shared_ptr<void> kept_;
};

void use(keeper &k)
{
    k.keep(4096);
}

struct choosing_deleter {
    bool is_pinned;
    void operator()(void *p) const
    {
        if (is_pinned)
            (void)cudaFreeHost(p);
        else
            std::free(p);
    }
};

std::unique_ptr<void, choosing_deleter> by_choice(size_t bytes, bool is_pinned)
{
    void *p = is_pinned ? pinned(bytes) : std::malloc(bytes);
    return std::unique_ptr<void, choosing_deleter>(p, choosing_deleter{is_pinned});
}

// Whoever lets it end, the mistake is where it was made.
void lets_it_end()
{
    std::shared_ptr<void> block = by_free(4096);
    if (block)
        cudaDeviceSynchronize();
}

void lets_it_end_too()
{
    auto block = by_class(4096);
    auto other = by_closure(4096);
    cudaDeviceSynchronize();
}
