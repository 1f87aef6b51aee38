// A string's buffer has a NUL behind what size() counts.
#include <cstdlib>
#include <cuda_runtime.h>
#include <string>

static void must(cudaError_t e)
{
    if (e != cudaSuccess)
        std::abort();
}

void with_nul(size_t n)
{
    std::string text(n, 'x');
    must(cudaHostRegister(&text[0], text.size() + 1, 0));
    must(cudaHostUnregister(text.data()));
}

void constant(const std::string &name)
{
    must(cudaHostRegister((void *)name.c_str(), name.length() + 1, 0));
    must(cudaHostUnregister((void *)name.c_str()));
}

void too_far(size_t n)
{
    std::string text(n, 'x');
    must(cudaHostRegister(&text[0], text.size() + 2, 0)); // expect: size-mismatch
    must(cudaHostUnregister(text.data()));
}
