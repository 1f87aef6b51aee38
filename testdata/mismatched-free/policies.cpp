/* One policy allocates and registers, another one frees: the wrong free is the one finding. */
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <new>

struct Registered {
    static void *get(size_t n)
    {
        void *p = std::malloc(n);
        if (p && cudaHostRegister(p, n, cudaHostRegisterDefault) != cudaSuccess) { // expect: nonconstant-size
            std::free(p);
            p = nullptr;
        }
        return p;
    }
    static void put(void *p)
    {
        if (cudaHostUnregister(p) == cudaSuccess)
            std::free(p);
    }
};
struct Pinned {
    static void put(void *p)
    {
        if (cudaFreeHost(p) != cudaSuccess) // expect: mismatched-free
            std::abort();
    }
};

template <class Get, class Put> class Buffer
{
    void *memory;

  public:
    explicit Buffer(size_t n) : memory(Get::get(n))
    {
        if (!memory)
            throw std::bad_alloc();
    }
    ~Buffer()
    {
        Put::put(memory);
    }
    Buffer(const Buffer &) = delete;
};

void mixed()
{
    Buffer<Registered, Pinned> a(4096);
}
void matched()
{
    Buffer<Registered, Registered> b(4096);
}
