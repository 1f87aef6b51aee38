// Initialisers run before main, so what they may write to is not known there.
#include <cstdlib>
#include <cuda_runtime.h>

static bool is_known;
static bool is_set;
static int depth;

struct setter {
    setter()
    {
        is_set = true;
    }
};
static setter first;

static char *pin()
{
    char *memory = static_cast<char *>(std::malloc(8192));
    if (!memory)
        std::abort();
    if (cudaHostRegister(memory, 8192, 0) != cudaSuccess)
        std::abort();
    return memory;
}

static void unpin(char *memory)
{
    depth++;
    (void)cudaHostUnregister(memory);
}

int main()
{
    char *memory = pin();
    if (is_set)
        std::free(memory); // expect: freed-while-registered
    else
        unpin(memory);
    memory = pin();
    if (!is_known)
        unpin(memory);
    std::free(memory);
    memory = pin();
    if (depth == 0)
        unpin(memory);
    else
        std::free(memory); // expect: freed-while-registered
    return 0;
}
