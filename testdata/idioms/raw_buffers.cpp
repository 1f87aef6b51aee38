// Vectors of the program's own: numbers are moved into raw memory that is registered.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <new>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static float *take(std::size_t count)
{
    float *data = static_cast<float *>(::operator new(count * sizeof(float)));
    check(cudaHostRegister(data, count * sizeof(float), 0));
    return data;
}

void moved_over()
{
    float *old = take(2048);
    std::uninitialized_value_construct(old, old + 2048);
    float *fresh = take(4096);
    std::uninitialized_move(old, old + 2048, fresh);
    std::uninitialized_default_construct(fresh + 2048, fresh + 4096);
    check(cudaHostUnregister(old));
    ::operator delete(old);
    check(cudaHostUnregister(fresh));
    ::operator delete(fresh);
}

void moved_and_forgotten()
{
    float *old = take(2048);
    std::uninitialized_value_construct(old, old + 2048);
    float *fresh = take(4096);
    std::uninitialized_move(old, old + 2048, fresh);
    ::operator delete(old); // expect: freed-while-registered
    check(cudaHostUnregister(fresh));
    ::operator delete(fresh);
}

void new_one_forgotten()
{
    float *old = take(2048);
    float *fresh = take(4096);
    std::uninitialized_move_n(old, 2048, fresh);
    std::uninitialized_default_construct_n(fresh + 2048, 2048);
    check(cudaHostUnregister(old));
    ::operator delete(old);
    ::operator delete(fresh); // expect: freed-while-registered
}
