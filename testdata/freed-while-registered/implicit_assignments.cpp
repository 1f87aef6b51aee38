// An assignment that nobody wrote gives up what the object owned: it stands where it is called.
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <utility>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct in_vector {
    std::vector<char> data;
    explicit in_vector(std::size_t bytes) : data(bytes + 8192) {}
    void pin()
    {
        check(cudaHostRegister(data.data(), 8192, 0));
    }
    void unpin()
    {
        check(cudaHostUnregister(data.data()));
    }
};

struct alone {
    std::unique_ptr<char[]> data;
    explicit alone(std::size_t bytes) : data(new char[bytes + 8192]) {}
    void pin()
    {
        check(cudaHostRegister(data.get(), 8192, 0));
    }
    void unpin()
    {
        check(cudaHostUnregister(data.get()));
    }
};

struct shared {
    std::shared_ptr<char[]> data;
    explicit shared(std::size_t bytes) : data(new char[bytes + 8192]) {}
    void pin()
    {
        check(cudaHostRegister(data.get(), 8192, 0));
    }
    void unpin()
    {
        check(cudaHostUnregister(data.get()));
    }
};

void vector_from_a_temporary()
{
    in_vector one(8192);
    one.pin();
    one = in_vector(100); // expect: freed-while-registered
    one.unpin();
}

void vector_moved()
{
    in_vector one(8192), other(9000);
    one.pin();
    one = std::move(other); // expect: freed-while-registered
    one.unpin();
}

void vector_copied()
{
    in_vector one(8192), other(90000);
    one.pin();
    one = other; // expect: freed-while-registered
    one.unpin();
}

void alone_from_a_temporary()
{
    alone one(8192);
    one.pin();
    one = alone(100); // expect: freed-while-registered
    one.unpin();
}

void alone_moved()
{
    alone one(8192), other(9000);
    one.pin();
    one = std::move(other); // expect: freed-while-registered
    one.unpin();
}

void shared_copied()
{
    shared one(8192), other(9000);
    one.pin();
    one = other; // expect: freed-while-registered
    one.unpin();
}

void undone_before()
{
    alone one(8192), other(9000);
    one.pin();
    one.unpin();
    one = std::move(other);
    one.pin();
    one.unpin();
}

void moved_on()
{
    alone one(8192), other(9000);
    one.pin();
    alone kept = std::move(one);
    one = std::move(other);
    kept.unpin();
}

void still_shared()
{
    shared one(8192), other(9000);
    one.pin();
    shared kept = one;
    one = other;
    kept.unpin();
}
