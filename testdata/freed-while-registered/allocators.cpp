// Allocators that nobody calls by name: containers hand back to them what they were given.
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory_resource>
#include <new>
#include <set>
#include <vector>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

template <class T> struct Forgets {
    using value_type = T;
    T *allocate(std::size_t count)
    {
        void *block = malloc(count * sizeof(T) + 4096);
        if (!block)
            throw std::bad_alloc();
        ck(cudaHostRegister(block, count * sizeof(T) + 4096, cudaHostRegisterDefault));
        return static_cast<T *>(block);
    }
    void deallocate(T *block, std::size_t)
    {
        free(block); // expect: freed-while-registered
    }
};

class ForgettingResource : public std::pmr::memory_resource
{
    void *do_allocate(std::size_t bytes, std::size_t) override
    {
        void *block = ::operator new(bytes + 4096);
        ck(cudaHostRegister(block, bytes + 4096, cudaHostRegisterDefault));
        return block;
    }
    void do_deallocate(void *block, std::size_t, std::size_t) override
    {
        ::operator delete(block); // expect: freed-while-registered
    }
    bool do_is_equal(const memory_resource &other) const noexcept override
    {
        return this == &other;
    }
};

template <class T> struct Pinned {
    using value_type = T;
    T *allocate(std::size_t count)
    {
        void *block = nullptr;
        ck(cudaMallocHost(&block, count * sizeof(T) + 4096));
        return static_cast<T *>(block);
    }
    void deallocate(T *block, std::size_t)
    {
        free(block); // expect: mismatched-free
    }
};

int sum(int count)
{
    std::vector<int, Forgets<int>> numbers(count);
    std::vector<int, Pinned<int>> others(count);
    int all = 0;
    for (int number : numbers)
        all += number;
    for (int other : others)
        all += other;
    return all;
}

// Right: the size says at both ends if it is registered; or a set does.
struct Large {
    std::size_t least;
    char *allocate(std::size_t bytes)
    {
        char *block = static_cast<char *>(malloc(bytes + 1));
        if (bytes >= least)
            ck(cudaHostRegister(block, bytes + 1, cudaHostRegisterDefault));
        return block;
    }
    void deallocate(char *block, std::size_t bytes)
    {
        if (bytes >= least)
            ck(cudaHostUnregister(block));
        free(block);
    }
};

class Remembering
{
    std::set<void *> registered_;

  public:
    void *allocate(std::size_t bytes)
    {
        void *block = malloc(bytes + 4096);
        if (cudaHostRegister(block, bytes + 4096, cudaHostRegisterDefault) == cudaSuccess)
            registered_.insert(block);
        return block;
    }
    void deallocate(void *block, std::size_t)
    {
        if (registered_.erase(block))
            ck(cudaHostUnregister(block));
        free(block);
    }
};

// Right: it is left to the clients, which may undo it by another member function.
struct LeftToClients {
    void *allocate(std::size_t bytes)
    {
        void *block = malloc(bytes + 4096);
        ck(cudaHostRegister(block, bytes + 4096, cudaHostRegisterDefault));
        return block;
    }
    void unpin(void *block)
    {
        ck(cudaHostUnregister(block));
    }
    void deallocate(void *block, std::size_t)
    {
        free(block);
    }
};
