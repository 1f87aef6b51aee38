// Buffers that change places in a loop whose number of turns is not known.
#include <cstdlib>
#include <cuda_runtime.h>
#include <utility>
#include <vector>

bool more();

static void pin(std::vector<float> &buffer)
{
    if (cudaHostRegister(buffer.data(), 16384, 0) != cudaSuccess)
        std::abort();
}

int two_buffers()
{
    std::vector<float> front(4096), back(4096);
    float *const a = front.data(), *const b = back.data();
    pin(front);
    pin(back);
    float *current = a, *next = b;
    while (more())
        std::swap(current, next);
    (void)cudaHostUnregister(current);
    (void)cudaHostUnregister(next);
    return 0;
}

int three_buffers()
{
    std::vector<float> x(4096), y(4096), z(4096);
    float *a = x.data(), *b = y.data(), *c = z.data();
    pin(x);
    pin(y);
    pin(z);
    while (more()) {
        float *first = a;
        a = b;
        b = c;
        c = first;
    }
    (void)cudaHostUnregister(a);
    (void)cudaHostUnregister(b);
    (void)cudaHostUnregister(c);
    return 0;
}

int another_one()
{
    std::vector<float> front(4096), back(4096), side(4096);
    pin(front);
    pin(back);
    pin(side);
    float *current = front.data(), *next = back.data();
    while (more())
        std::swap(current, next);
    (void)cudaHostUnregister(current);
    (void)cudaHostUnregister(next);
    return 0; // expect: freed-while-registered
}
