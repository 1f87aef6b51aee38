// Wrong: a status that goes into an object which nobody asks.
#include <array>
#include <cuda_runtime_api.h>
#include <utility>

int elements_of_an_array(void *p)
{
    std::array<cudaError_t, 1> all{cudaHostRegister(p, 4096, 0)}; // expect: unchecked-call
    (void)cudaHostUnregister(p);
    return (int)all.size();
}

int first_of_a_pair(void *p, void *q)
{
    std::pair<cudaError_t, void *> r{cudaHostRegister(p, 4096, 0), p};
    if (r.first != cudaSuccess)
        return 1;
    r.first = cudaHostRegister(q, 4096, 0); // expect: unchecked-call
    (void)cudaHostUnregister(r.second);
    (void)cudaHostUnregister(q);
    return 0;
}

int leaves_the_first(void *p, void *q)
{
    std::array<cudaError_t, 2> all{cudaHostRegister(p, 4096, 0),  // expect: register-leak
                                   cudaHostRegister(q, 4096, 0)}; // expect: register-leak
    if (all[0] != cudaSuccess || all[1] != cudaSuccess)
        return 1;
    (void)cudaHostUnregister(p);
    (void)cudaHostUnregister(q);
    return 0;
}
