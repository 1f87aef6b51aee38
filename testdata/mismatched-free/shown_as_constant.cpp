// Code out of sight that is shown an object as constant leaves its members as they are; what they
// lead to is another matter.
#include <cuda_runtime.h>

#include <cstddef>
#include <cstdlib>

struct Options {
    std::size_t size;
    bool pinned;
};

struct Lazy {
    mutable bool pinned;
};

struct Holder {
    void *block;
    bool pinned;
};

void log_options(const Options &options);
void log_pointer(const Options *options);
void log_lazy(const Lazy &lazy);
void log_holder(const Holder &holder);

static void *get(const Options &options)
{
    if (!options.pinned)
        return std::malloc(options.size);
    void *block = nullptr;
    return cudaMallocHost(&block, options.size) == cudaSuccess ? block : nullptr;
}

static void put(const Options &options, void *block)
{
    if (!options.pinned)
        std::free(block);
    else if (cudaFreeHost(block) != cudaSuccess)
        std::abort();
}

void told_by_the_same_flag(std::size_t size, bool pinned)
{
    Options options{size, pinned};
    void *block = get(options);
    log_options(options);
    if (block != nullptr)
        put(options, block);
}

void told_by_the_same_flag_of_an_own_object(std::size_t size, bool pinned)
{
    Options *options = new Options{size, pinned};
    void *block = get(*options);
    log_pointer(options);
    if (block != nullptr)
        put(*options, block);
    delete options;
}

void flag_is_certain()
{
    Options options{4096, true};
    void *block = get(options);
    log_options(options);
    if (options.pinned)
        std::free(block); // expect: mismatched-free
}

void mutable_flag_is_not()
{
    Lazy lazy{true};
    void *block = nullptr;
    if (cudaMallocHost(&block, 64) != cudaSuccess)
        return;
    log_lazy(lazy);
    if (lazy.pinned)
        return;
    std::free(block); // expect: mismatched-free
}

void block_may_be_gone(std::size_t size)
{
    Holder holder{std::malloc(size), true};
    if (holder.block == nullptr || size == 0)
        return;
    if (cudaHostRegister(holder.block, size, cudaHostRegisterDefault) != cudaSuccess)
        return;
    log_holder(holder); // may well unregister it
    std::free(holder.block);
}
