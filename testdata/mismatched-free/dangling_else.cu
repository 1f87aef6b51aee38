// A check macro that ends in an `if` takes the `else` of its caller. The GPU agrees: the memory that
// cudaMallocHost gave is forgotten, and what is freed comes from malloc.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#include "../run_case.h"
#include "../unseen.h"

#define CUDA_CALL(call)                                                                            \
    if (cudaError_t e = (call); e != cudaSuccess) {                                                \
        fprintf(stderr, "%s failed: %s\n", #call, cudaGetErrorString(e));                          \
        abort();                                                                                   \
    }

void else_of_the_macro()
{
    const bool pinned = unseen_choice() != 0;
    char *block = nullptr;

    // clang-format off
    if (pinned)
        CUDA_CALL(cudaMallocHost(&block, 4096))
    else
        block = static_cast<char *>(malloc(4096));
    // clang-format on
    if (block == nullptr || !pinned)
        return;
    block[0] = 1;
    if (cudaFreeHost(block) != cudaSuccess) // expect: mismatched-free
        fprintf(stderr, "not freed\n");
}

static const struct run_case cases[] = {CASE(else_of_the_macro)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
