// Code for the host and code for devices in one function: the host's is what runs.
#include <cstdlib>
#include <cuda_runtime.h>
#include <nv/target>

#define REQUIRE(...)                                                                               \
    NV_IF_ELSE_TARGET(NV_IS_HOST, (if (!(__VA_ARGS__)) std::abort();), ({                          \
                          if (!(__VA_ARGS__))                                                      \
                              __trap();                                                            \
                      }))

void freed_once()
{
    int *p;
    REQUIRE(cudaMallocHost(&p, 4096) == cudaSuccess);
    REQUIRE(cudaFreeHost(p) == cudaSuccess);
}

void freed_twice()
{
    int *p;
    REQUIRE(cudaMallocHost(&p, 4096) == cudaSuccess);
    REQUIRE(cudaFreeHost(p) == cudaSuccess);
    REQUIRE(cudaFreeHost(p) == cudaSuccess); // expect: mismatched-free
}

void without_otherwise(void *p)
{
    NV_IF_TARGET(NV_IS_HOST, (REQUIRE(cudaHostRegister(p, 4096, 0) == cudaSuccess);))
    NV_IF_TARGET(NV_IS_DEVICE, (REQUIRE(cudaHostRegister(p, 4096, 0) == cudaSuccess);))
    NV_IF_TARGET(NV_PROVIDES_SM_80, (REQUIRE(false);),
                 (REQUIRE(cudaHostUnregister(p) == cudaSuccess);))
}

void one_of_many(void *p)
{
    NV_DISPATCH_TARGET(NV_PROVIDES_SM_90, (REQUIRE(cudaHostRegister(p, 0, 0) == cudaSuccess);),
                       NV_IS_EXACTLY_SM_75, (return;), NV_IS_HOST,
                       (REQUIRE(cudaHostRegister(p, 4096, 0) == cudaSuccess); (void)p;),
                       NV_ANY_TARGET, (REQUIRE(cudaHostRegister(p, 0, 0) == cudaSuccess);))
    REQUIRE(cudaHostUnregister(p) == cudaSuccess);
}

void none_of_two(void *p)
{
    NV_DISPATCH_TARGET(NV_PROVIDES_SM_90, (return;), NV_IS_EXACTLY_SM_75, (return;))
    REQUIRE(cudaHostRegister(p, 0, 0) == cudaSuccess); // expect: zero-size
}

void the_hosts(void *p)
{
    NV_DISPATCH_TARGET(NV_NO_TARGET, (return;), NV_IS_HOST,
                       (REQUIRE(cudaHostRegister(p, 0, 0) == cudaSuccess);)) // expect: zero-size
}
