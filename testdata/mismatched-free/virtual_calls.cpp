// A virtual call on an object that was made in sight reaches the function of the object's class,
// by whatever way it is called: a base's own function, a reference, an owner of the base.
#include <cuda_runtime.h>
#include <cstdlib>
#include <memory>
#include <new>

class memory_resource {
public:
    virtual ~memory_resource() = default;
    void *allocate(size_t bytes) { return do_allocate(bytes); }
    void deallocate(void *p) { do_deallocate(p); }

private:
    virtual void *do_allocate(size_t bytes) = 0;
    virtual void do_deallocate(void *p) = 0;
};

class heap_resource final : public memory_resource {
    void *do_allocate(size_t bytes) override { return std::malloc(bytes); }
    void do_deallocate(void *p) override { std::free(p); }
};

static void *pin(size_t bytes)
{
    void *p = nullptr;
    if (cudaMallocHost(&p, bytes) != cudaSuccess)
        throw std::bad_alloc();
    return p;
}

class pinned_resource final : public memory_resource {
    void *do_allocate(size_t bytes) override { return pin(bytes); }
    void do_deallocate(void *p) override { (void)cudaFreeHost(p); }
};

class mixed_up : public memory_resource {
    void *do_allocate(size_t bytes) override { return pin(bytes); }
    void do_deallocate(void *p) override
    {
        std::free(p); // expect: mismatched-free
    }
};

int both_right()
{
    pinned_resource pinned;
    heap_resource plain;
    void *a = pinned.allocate(4096);
    void *b = plain.allocate(4096);
    plain.deallocate(b);
    pinned.deallocate(a);
    return 0;
}

int by_the_base()
{
    mixed_up resource;
    void *p = resource.allocate(4096);
    resource.deallocate(p);
    return 0;
}

/* Nobody says which class it is. */
int unknown(memory_resource &one, memory_resource &other)
{
    other.deallocate(one.allocate(4096));
    return 0;
}

class exchanged : public memory_resource {
    void *do_allocate(size_t bytes) override { return pin(bytes); }
    void do_deallocate(void *p) override
    {
        std::free(p); // expect: mismatched-free
    }
};

class buffer {
    memory_resource &resource_;
    void *data_;

public:
    buffer(memory_resource &resource, size_t bytes)
        : resource_(resource), data_(resource.allocate(bytes))
    {
    }
    ~buffer() { resource_.deallocate(data_); }
    buffer(const buffer &) = delete;
};

int by_a_member()
{
    exchanged wrong;
    pinned_resource right;
    buffer a(wrong, 4096), b(right, 4096);
    return 0;
}

class owned : public memory_resource {
    void *do_allocate(size_t bytes) override { return pin(bytes); }
    void do_deallocate(void *p) override
    {
        std::free(p); // expect: mismatched-free
    }
};

int by_an_owner(bool pinned)
{
    std::unique_ptr<memory_resource> resource;
    if (pinned)
        resource = std::make_unique<owned>();
    else
        resource = std::make_unique<heap_resource>();
    resource->deallocate(resource->allocate(4096));
    return 0;
}

/* The last override counts. */
class mended : public mixed_up {
    void do_deallocate(void *p) override { (void)cudaFreeHost(p); }
};

int by_a_derived_class()
{
    mended resource;
    memory_resource &base = resource;
    base.deallocate(base.allocate(4096));
    return 0;
}
