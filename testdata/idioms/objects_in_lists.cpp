// Members of a plain struct, and elements of an array, whose classes have constructors: what the
// braces hold is given to those.
#include <atomic>
#include <cstdlib>
#include <cuda_runtime.h>
#include <new>
#include <stdexcept>

class pinned
{
    void *at_;

  public:
    pinned(std::size_t size) : at_(std::malloc(size + 4096))
    {
        if (!at_)
            throw std::bad_alloc();
        if (cudaHostRegister(at_, size + 4096, 0) != cudaSuccess) {
            std::free(at_);
            throw std::runtime_error("cudaHostRegister");
        }
    }
    pinned(const pinned &) = delete;
    ~pinned()
    {
        (void)cudaHostUnregister(at_);
        std::free(at_);
    }
};

struct two {
    pinned first, second;
};

struct named {
    two both;
    int number;
};

void in_braces()
{
    two t{{4096}, {8192}};
}

void without_inner_braces()
{
    two t{4096, 8192};
}

void deeper()
{
    named n{{{4096}, {8192}}, 1};
}

void by_name()
{
    two t = {.first = {4096}, .second = {8192}};
}

void in_an_array()
{
    pinned several[2] = {{4096}, {8192}};
}

class forgetful
{
    void *at_;

  public:
    forgetful(std::size_t size, unsigned flags) : at_(std::malloc(size))
    {
        if (!at_)
            throw std::bad_alloc();
        if (cudaHostRegister(at_, size, flags) != cudaSuccess) { // expect: nonconstant-size
            std::free(at_);
            throw std::runtime_error("cudaHostRegister");
        }
    }
    forgetful(const forgetful &) = delete;
    ~forgetful() { std::free(at_); } // expect: freed-while-registered
};

struct holder {
    forgetful only;
};

void forgets()
{
    holder h{{8192, cudaHostRegisterPortable}};
}

// A count of owners that begins in the list.
struct shared_state {
    std::atomic<int> owners;
    void *at;
};

class handle
{
    shared_state *state_;

  public:
    explicit handle(shared_state *state) : state_(state) {}
    handle(const handle &) = delete;
    ~handle()
    {
        if (state_->owners.fetch_sub(1) != 1)
            return;
        (void)cudaHostUnregister(state_->at);
        delete state_;
    }
};

void one_owner()
{
    void *at = std::malloc(8192);
    if (!at)
        return;
    if (cudaHostRegister(at, 8192, 0) == cudaSuccess)
        handle only(new shared_state{{1}, at});
    std::free(at);
}

void an_owner_too_many()
{
    void *at = std::malloc(8192);
    if (!at)
        return;
    if (cudaHostRegister(at, 8192, 0) == cudaSuccess)
        handle only(new shared_state{{2}, at});
    std::free(at); // expect: freed-while-registered
}
