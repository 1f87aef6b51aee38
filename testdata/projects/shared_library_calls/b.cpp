// What a library function reads it does not keep, whichever unit declared it first.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>

int print_pinned(size_t n, FILE *out)
{
    char *text = static_cast<char *>(std::calloc(n + 1, 1));
    if (!text)
        return -1;
    cudaError_t status = cudaHostRegister(text, n + 1, 0); // expect: register-leak
    if (status != cudaSuccess) {
        std::free(text);
        return -1;
    }
    if (std::fputs(text, out) < 0 || std::fwrite(text, 1, n, out) != n)
        return -2;
    status = cudaHostUnregister(text);
    std::free(text);
    return status == cudaSuccess ? 0 : -3;
}
