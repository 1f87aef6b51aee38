// "note where the path ends the process (`main` returning, `exit`)"
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

static char table[4096];

static void quit_early(bool failed)
{
    if (failed)
        std::exit(2);
}

int main(int argc, char **)
{
    float *block = static_cast<float *>(std::malloc(4096));
    float local[256];

    if (block == nullptr)
        return 1;
    // Nothing undoes this one.
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
        return 1;
    // "a local array still registered when `main` returns is `register-leak` as a note"
    if (cudaHostRegister(local, sizeof local, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
        return 1;
    // Right: undone.
    if (cudaHostRegister(table, sizeof table, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    quit_early(argc > 5);
    if (cudaHostUnregister(table) != cudaSuccess)
        return 1;
    std::puts("done");
    return 0;
}
