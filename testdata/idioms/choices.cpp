// Macros of a missing header that run one of the pieces of code which they are given.
#include "not_there_targets.h"

#include <cuda_runtime.h>

#define REQUIRE(...)                                                                               \
    PICK_TARGET(IS_HOST, (CATCH_REQUIRE(__VA_ARGS__);), ({                                         \
                    if (!(__VA_ARGS__))                                                            \
                        stop("failed");                                                            \
                }))
#define ON_TARGET(...) PICK_TARGET(IS_HOST, on_host(__VA_ARGS__), on_device(__VA_ARGS__))

void in_parentheses()
{
    int *p;
    REQUIRE(cudaMallocHost((void **)&p, 4096) == cudaSuccess);
    REQUIRE(cudaFreeHost(p) == cudaSuccess);
}

void written_twice_by_a_macro()
{
    int *p;
    if (cudaMallocHost((void **)&p, 4096) != cudaSuccess)
        return;
    ON_TARGET(cudaFreeHost(p));
}

void two_ways()
{
    int *p;
    if (cudaMallocHost((void **)&p, 4096) != cudaSuccess)
        return;
    IF_TARGET(IS_HOST, (cudaFreeHost(p);), (cudaFree(p);));
}

// A function, or a macro like one: parentheses alone say nothing.
void compared()
{
    int *p;
    if (cudaMallocHost((void **)&p, 4096) != cudaSuccess)
        return;
    EXPECT_SAME((cudaFreeHost(p)), (cudaSuccess));
    EXPECT_SAME(cudaFreeHost(p), cudaSuccess); // expect: mismatched-free
}

void compared_at_once()
{
    int *p;
    if (cudaMallocHost((void **)&p, 4096) != cudaSuccess)
        return;
    EXPECT_SAME((cudaFreeHost(p)), (cudaFreeHost(p))); // expect: mismatched-free
}
