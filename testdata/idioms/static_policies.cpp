// A member of a class template calls what its argument, itself an instance of another template, has
// by that name: that of the same instance.
#include <cstdlib>
#include <cuda_runtime.h>
#include <new>

template <bool Pinned> struct host {
    static void *get(std::size_t size)
    {
        void *at = std::malloc(size);
        if constexpr (Pinned) {
            if (at && cudaHostRegister(at, size, 0) != cudaSuccess) { // expect: nonconstant-size
                std::free(at);
                at = nullptr;
            }
        }
        return at;
    }
    static void put(void *at)
    {
        if constexpr (Pinned)
            (void)cudaHostUnregister(at);
        std::free(at);
    }
};

template <bool Pinned> struct careless : host<Pinned> {
    static void put(void *at)
    {
        if constexpr (!Pinned)
            (void)cudaGetLastError();
        std::free(at); // expect: freed-while-registered
    }
};

template <class Memory> class buffer
{
    void *at_;

  public:
    buffer() : at_(Memory::get(8192))
    {
        if (!at_)
            throw std::bad_alloc();
    }
    buffer(const buffer &) = delete;
    ~buffer() { Memory::put(at_); }
};

void pinned_and_plain()
{
    buffer<host<true>> pinned;
    buffer<host<false>> plain;
}

void careless_ones()
{
    buffer<careless<true>> pinned;
    buffer<careless<false>> plain;
}
