/* The names of the calls are pasted together by a macro that pastes any two words: nothing in the
 * file spells one out. */
#include <cuda_runtime.h>
#include <stdlib.h>

#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define HOST(operation) CONCAT(cudaHost, operation)
#define MUST(operation, ...)                              \
    do {                                                  \
        if (HOST(operation)(__VA_ARGS__) != cudaSuccess)  \
            abort();                                      \
    } while (0)

static char right[8192], wrong[8192];

void pairs(void)
{
    MUST(Register, right, sizeof right, cudaHostRegisterPortable);
    right[0] = 1;
    MUST(Unregister, right);
}

void undoes_twice(void)
{
    MUST(Register, wrong, sizeof wrong, cudaHostRegisterPortable);
    wrong[0] = 1;
    MUST(Unregister, wrong);
    MUST(Unregister, wrong); // expect: unregister-unregistered
}
