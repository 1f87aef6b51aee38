/* Virtual member functions of instances of class templates, which only the base's users call, and
 * the object that an adaptor has as a member: it is of the class that the member is declared with. */
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <new>

class resource
{
  public:
    virtual ~resource() = default;
    void *allocate(size_t bytes)
    {
        return do_allocate(bytes);
    }
    void deallocate(void *p, size_t bytes)
    {
        do_deallocate(p, bytes);
    }

  private:
    virtual void *do_allocate(size_t bytes) = 0;
    virtual void do_deallocate(void *p, size_t bytes) = 0;
};

class aligned : public resource
{
    void *do_allocate(size_t bytes) override
    {
        return std::aligned_alloc(4096, bytes);
    }
    void do_deallocate(void *p, size_t) override
    {
        std::free(p);
    }
};

class plain : public resource
{
    void *do_allocate(size_t bytes) override
    {
        return std::malloc(bytes);
    }
    void do_deallocate(void *p, size_t) override
    {
        std::free(p); // expect: freed-while-registered
    }
};

class cached : public resource
{
    void *do_allocate(size_t bytes) override
    {
        void *p = nullptr;
        return cudaMallocHost(&p, bytes ? bytes : 1) == cudaSuccess ? p : nullptr;
    }
    void do_deallocate(void *p, size_t) override
    {
        (void)cudaFreeHost(p);
    }
};

template <class Upstream> class pinning : public resource
{
    void *do_allocate(size_t bytes) override
    {
        void *p = bytes ? upstream_.allocate(bytes) : nullptr;
        if (p && cudaHostRegister(p, bytes, cudaHostRegisterPortable) != cudaSuccess) {
            upstream_.deallocate(p, bytes);
            throw std::bad_alloc();
        }
        return p;
    }
    void do_deallocate(void *p, size_t bytes) override
    {
        if (p)
            (void)cudaHostUnregister(p);
        upstream_.deallocate(p, bytes);
    }
    Upstream upstream_;
};

template <class Upstream> class forgetful : public resource
{
    void *do_allocate(size_t bytes) override
    {
        void *p = bytes ? upstream_.allocate(bytes) : nullptr;
        if (p && cudaHostRegister(p, bytes, cudaHostRegisterPortable) != cudaSuccess) {
            upstream_.deallocate(p, bytes);
            throw std::bad_alloc();
        }
        return p;
    }
    void do_deallocate(void *p, size_t bytes) override
    {
        upstream_.deallocate(p, bytes);
    }
    Upstream upstream_;
};

template <class Upstream> class passing : public resource
{
    void *do_allocate(size_t bytes) override
    {
        return upstream_.allocate(bytes);
    }
    void do_deallocate(void *p, size_t bytes) override
    {
        upstream_.deallocate(p, bytes);
    }
    Upstream upstream_;
};

void used_by_its_base()
{
    forgetful<plain> one;
    resource &memory = one;
    void *p = memory.allocate(8192);
    memory.deallocate(p, 8192);
    pinning<aligned> other;
    resource &right = other;
    p = right.allocate(8192);
    right.deallocate(p, 8192);
}

void passed_on()
{
    passing<pinning<aligned>> both;
    resource &memory = both;
    void *p = memory.allocate(8192);
    memory.deallocate(p, 8192);
    passing<cached> pinned;
    resource &other = pinned;
    p = other.allocate(8192);
    other.deallocate(p, 8192);
}

/* Who made the object is out of sight. */
struct pool {
    cached blocks;
    aligned pages;
};

void of_a_member(pool &one)
{
    void *p = one.blocks.allocate(8192);
    if (p && cudaHostRegister(p, 8192, 0) != cudaSuccess) // expect: already-pinned
        p = nullptr;
    one.blocks.deallocate(p, 8192);
    p = one.pages.allocate(8192);
    if (p && cudaHostRegister(p, 8192, 0) == cudaSuccess)
        (void)cudaHostUnregister(p);
    one.pages.deallocate(p, 8192);
}
