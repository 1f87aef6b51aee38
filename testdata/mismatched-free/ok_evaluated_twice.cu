// Right: the macro writes its argument twice, and the second call is made only where the first
// one failed and so freed nothing.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>

#define CHECK(x)                                                                                   \
    do {                                                                                           \
        if (x != cudaSuccess) {                                                                    \
            std::fprintf(stderr, "%s\n", cudaGetErrorString(x));                                   \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (false)

int main()
{
    void *pinned = nullptr;

    CHECK(cudaMallocHost(&pinned, 64));
    CHECK(cudaFreeHost(pinned));
    return 0;
}
