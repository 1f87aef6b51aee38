// What is declared nowhere checks nothing elsewhere: each use of it is one error more.
#include <cuda_runtime.h>
#include <not_there.h>

static char area[4096];

void by_an_unknown_name()
{
    checkCudaErrors(cudaHostRegister(area, sizeof area, 0));
    cudaHostUnregister(area); // expect: unchecked-call
}

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            throw 1;                                                                               \
    } while (0)

// Names that are lost elsewhere in the function do not matter.
void among_unknown_names()
{
    unknown_thing things;

    CHECK(cudaHostRegister(area, sizeof area, 0));
    things.go(area);
    cudaHostUnregister(area); // expect: unchecked-call
}
