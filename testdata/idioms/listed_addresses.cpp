// Loops over the addresses in a list: `for (auto *p : {&a, &b})`.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

static void pin(void *data)
{
    check(cudaHostRegister(data, 8192, 0));
}

static void unpin(void *data)
{
    if (cudaHostUnregister(data) != cudaSuccess)
        std::abort();
}

class pair {
public:
    pair() : a_(new char[8192]), b_(new char[8192])
    {
        pin(a_.get());
        try {
            pin(b_.get());
        } catch (...) {
            unpin(a_.get());
            throw;
        }
    }
    pair(const pair &) = delete;
    ~pair()
    {
        for (auto *part : {&a_, &b_})
            unpin(part->get());
    }

private:
    std::unique_ptr<char[]> a_, b_;
};

void paired()
{
    pair both;
}

class triple {
public:
    triple() : a_(new char[8192]), b_(new char[8192]), c_(new char[8192])
    {
        pin(a_.get());
        pin(b_.get());
        pin(c_.get());
    }
    triple(const triple &) = delete;
    ~triple()
    {
        for (auto *part : {&a_, &b_})
            unpin(part->get());
    } // expect: freed-while-registered

private:
    std::unique_ptr<char[]> a_, b_, c_;
};

void tripled()
{
    triple all;
}

void begun_and_ended()
{
    std::vector<char> a(8192), b(8192), c(8192);
    for (auto *one : {&a, &b, &c})
        pin(one->data());
    for (char *data : {c.data(), b.data(), a.data()})
        unpin(data);
}

// The list has a name.
void listed_before()
{
    std::vector<char> a(8192), b(8192);
    const auto all = {&a, &b};
    for (auto *one : all)
        pin(one->data());
    for (auto *one : all)
        unpin(one->data());
}

void one_forgotten()
{
    std::vector<char> a(8192), b(8192), c(8192);
    for (auto *one : {&a, &b, &c})
        pin(one->data());
    for (char *data : {c.data(), b.data()})
        unpin(data);
} // expect: freed-while-registered

void sizes_of_one_registration()
{
    std::vector<char> a(16384);
    for (std::size_t size : {4096, 8192})
        check(cudaHostRegister(a.data(), size, 0)); // expect: double-register
    unpin(a.data());
}

template <typename T> void parts_of(T &a, T &b)
{
    for (auto *one : {&a, &b})
        pin(one->data());
    for (auto *one : {&a, &b})
        unpin(one->data());
}

void of_template()
{
    std::vector<char> a(8192), b(8192);
    parts_of(a, b);
}

// The list of an argument is gone over by its iterators, there and back.
struct range {
    void *p;
    std::size_t n;
};

bool pin_all(std::initializer_list<range> ranges)
{
    auto it = ranges.begin();
    for (; it != ranges.end(); ++it)
        if (cudaHostRegister(it->p, it->n, cudaHostRegisterPortable) != cudaSuccess) // expect: nonconstant-size
            break;
    if (it == ranges.end())
        return true;
    while (it != ranges.begin())
        (void)cudaHostUnregister((--it)->p);
    return false;
}

int both_pinned()
{
    std::vector<float> a(4096), b(8192);
    if (!pin_all({range{a.data(), a.size() * sizeof(float)}, range{b.data(), b.size() * sizeof(float)}}))
        return 1;
    (void)cudaHostUnregister(a.data());
    (void)cudaHostUnregister(b.data());
    return 0;
}

bool pin_first(std::initializer_list<range> ranges, void *device)
{
    auto it = ranges.begin();
    if (it == ranges.end() || cudaHostRegister(it->p, 4096, 0) != cudaSuccess) // expect: register-leak
        return false;
    if (cudaMemcpy(device, it->p, 4096, cudaMemcpyHostToDevice) != cudaSuccess)
        return false;
    return cudaHostUnregister(ranges.begin()->p) == cudaSuccess;
}
