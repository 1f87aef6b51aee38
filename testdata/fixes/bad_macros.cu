// Macros that work only where they are used already: none of them is offered elsewhere.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

static char area[4096];

#define RETURN_IF_FAILED(call)                                                                     \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            return -1;                                                                             \
    } while (0)

int returns()
{
    RETURN_IF_FAILED(cudaHostRegister(area, sizeof area, 0));
    RETURN_IF_FAILED(cudaHostUnregister(area));
    return 0;
}

#define KEEP(call)                                                                                 \
    do {                                                                                           \
        kept = (call);                                                                             \
        if (kept != cudaSuccess)                                                                   \
            std::abort();                                                                          \
    } while (0)

void needs_a_variable()
{
    cudaError_t kept;

    KEEP(cudaHostRegister(area, sizeof area, 0));
    KEEP(cudaHostUnregister(area));
}

#define FAIL_GOTO(call)                                                                            \
    if ((call) != cudaSuccess)                                                                     \
    goto failed

int needs_a_label()
{
    FAIL_GOTO(cudaHostRegister(area, sizeof area, 0));
    FAIL_GOTO(cudaHostUnregister(area));
    return 0;
failed:
    return -1;
}

#define GONE_SOON(call)                                                                            \
    if ((call) != cudaSuccess)                                                                     \
    std::abort()

void uses_it_while_it_is_there()
{
    GONE_SOON(cudaHostRegister(area, sizeof area, 0));
    GONE_SOON(cudaHostUnregister(area));
}
#undef GONE_SOON

void none_fits()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaHostUnregister(area);               // expect: unchecked-call
}
