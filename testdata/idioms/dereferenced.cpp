// What was used through a pointer on the path is not NULL when the pointer is tested after that.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
#include <vector>

struct Impl {
    void add(void *p, size_t n)
    {
        if (cudaHostRegister(p, n, cudaHostRegisterDefault) != cudaSuccess) // expect: nonconstant-size
            throw 1;
    }
    void remove(void *p)
    {
        (void)cudaHostUnregister(p);
    }
};

class Transport {
public:
    void add(void *p, size_t n)
    {
        if (n == 0)
            throw 2;
        impl_->add(p, n);
    }
    void remove(void *p) noexcept
    {
        if (impl_)
            impl_->remove(p);
    }

private:
    std::unique_ptr<Impl> impl_;
};

class Session {
public:
    Session(Transport &transport, size_t n) : transport_(transport), inbox_(n)
    {
        transport_.add(inbox_.data(), inbox_.size());
    }
    ~Session()
    {
        transport_.remove(inbox_.data());
    }

private:
    Transport &transport_;
    std::vector<char> inbox_;
};

struct context {
    int turns;
    void count();
    virtual void told();
};

void by_member(context *c)
{
    void *p = malloc(8192);
    if (!p)
        return;
    c->turns = 4;
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (c && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

void by_call(context *c, context *d)
{
    void *p = malloc(8192);
    if (!p)
        return;
    c->count();
    d->told();
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (c && d && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
}

void used_where_it_is_there(context *c)
{
    void *p = malloc(8192);
    if (!p)
        return;
    if (c)
        c->count();
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        free(p);
        return;
    }
    if (c && cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p); // expect: freed-while-registered
}
