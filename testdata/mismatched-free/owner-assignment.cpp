// A deleter goes with what it deletes: assignment, reset and swap of smart pointers.
#include <cuda_runtime.h>
#include <cstdlib>
#include <memory>
#include <utility>

static std::shared_ptr<void> pinned(size_t bytes)
{
    void *p = nullptr;
    if (cudaHostAlloc(&p, bytes, cudaHostAllocDefault) != cudaSuccess)
        return nullptr;
    return std::shared_ptr<void>(p, cudaFreeHost);
}

static void *pinned_block(size_t bytes)
{
    void *p = nullptr;
    return cudaMallocHost(&p, bytes) == cudaSuccess ? p : nullptr;
}

void assigned(size_t n)
{
    std::shared_ptr<void> keep;
    if (n > 4)
        keep = pinned(n);
    std::shared_ptr<void> other;
    other = std::move(keep);
}

void assigned_unique()
{
    std::unique_ptr<void, cudaError_t (*)(void *)> a(nullptr, cudaFreeHost);
    std::unique_ptr<void, void (*)(void *)> heap(std::malloc(4), std::free);
    a = std::unique_ptr<void, cudaError_t (*)(void *)>(pinned_block(64), cudaFreeHost);
}

void swapped()
{
    std::shared_ptr<void> a(pinned_block(64), cudaFreeHost);
    std::shared_ptr<void> b(std::malloc(64), std::free);
    a.swap(b);
}

void reset_with_deleter()
{
    std::shared_ptr<void> a(std::malloc(64), std::free);
    a.reset(pinned_block(64), cudaFreeHost);
}

void reset_without_deleter()
{
    std::shared_ptr<char> a(static_cast<char *>(pinned_block(64)), cudaFreeHost);
    a.reset(static_cast<char *>(pinned_block(64)));
} // expect: mismatched-free

void swapped_and_reset()
{
    std::shared_ptr<void> a(pinned_block(64), cudaFreeHost);
    std::shared_ptr<void> b(std::malloc(64), std::free);
    a.swap(b);
    b.reset(pinned_block(64), std::free);
} // expect: mismatched-free
