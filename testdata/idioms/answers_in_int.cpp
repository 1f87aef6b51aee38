// Functions that answer in a number, 1 for success and 0 after a failure.
#include <cstdlib>
#include <cuda_runtime.h>

// Of two failures that say 0, one undoes what the other leaves.
int pin_two(void *p, void *q)
{
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) // expect: register-leak
        return 0;
    if (cudaHostRegister(q, 8192, 0) != cudaSuccess)
        return 0;
    if (cudaDeviceSynchronize() != cudaSuccess) {
        (void)cudaHostUnregister(q);
        (void)cudaHostUnregister(p);
        return 0;
    }
    return 1;
}

// 0 is success here, whatever else is returned: the other path undoes it.
int upload(void *p, bool is_small)
{
    if (cudaHostRegister(p, 8192, 0) != cudaSuccess) // expect: register-leak
        return 1;
    if (is_small)
        return 2;
    (void)cudaHostUnregister(p);
    return 0;
}

struct range {
    void *p;
    std::size_t n;
};

// Registered where they are the same, undone where they are not
int last_is_free(const range *it, const range *end, std::size_t n)
{
    void *p = std::malloc(8192);
    it += n;
    if (!p)
        return 0;
    if (it == end && cudaHostRegister(p, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(p);
        return 0;
    }
    if (it != end)
        (void)cudaHostUnregister(p); // expect: unregister-unregistered
    std::free(p); // expect: freed-while-registered
    return 1;
}
