// Values that grow with each operation: a random number generator between two CUDA calls. The
// checker has to come to an end at once, and to stay silent.
#include "../run_case.h"
#include "../unseen.h"

#include <cstdint>
#include <cstdlib>
#include <cuda_runtime.h>

static uint64_t state_a, state_b;

static uint64_t next_number()
{
    uint64_t x = state_a;
    const uint64_t y = state_b;

    state_a = y;
    x ^= x << 23;
    state_b = x ^ y ^ (x >> 17) ^ (y >> 26);
    return state_b + y;
}

static void mixing()
{
    const size_t size = 4096;
    auto *block = static_cast<uint64_t *>(std::malloc(size));

    if (block == nullptr)
        return;
    if (cudaHostRegister(block, size, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(block);
        return;
    }
    state_a = unseen_size();
    state_b = unseen_size() + 1;
    for (int i = 0; i < 32; i++)
        block[i] = next_number() < 100 ? next_number() % 7 : 1;
    if (cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

static const struct run_case cases[] = {CASE(mixing)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
