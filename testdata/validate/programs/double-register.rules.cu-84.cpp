// double-register, at rules.cu:84 in double_register:
// 'cudaHostRegister' on memory that is registered already (at line 83) fails with status 712
// (host memory already registered)
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer double-register.rules.cu-84.cpp && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

// Prints a call and its status, and gives the status.
#define CALL(call) show(#call, call)

static int show(const char *call, cudaError_t status)
{
    std::printf("%s\n    = %d %s\n", call, static_cast<int>(status), cudaGetErrorName(status));
    return static_cast<int>(status);
}

// What the path takes for granted: without it, nothing can be said.
static void need(bool holds, const char *what)
{
    if (holds)
        return;
    std::printf("inconclusive: failed: %s\n", what);
    std::exit(20);
}

#define MUST(call) need(show(#call, call) == 0, #call)

static int conclude(bool holds, const char *prediction)
{
    std::printf("%s: %s\n", holds ? "confirmed" : "refuted", prediction);
    return holds ? 0 : 10;
}

int main()
{
    // a GPU and its context
    MUST(cudaFree(nullptr));

    // rules.cu:81: char *block = new char[65536];
    char *block = new char[65536];

    // rules.cu:83: CHECK(cudaHostRegister(block, 65536, cudaHostRegisterPortable));
    MUST(cudaHostRegister(block, 65536, cudaHostRegisterPortable));

    // rules.cu:84: CHECK(cudaHostRegister(block + 4096, 4096, cudaHostRegisterPortable));
    // This is the finding.
    int status = CALL(cudaHostRegister(block + 4096, 4096, cudaHostRegisterPortable));

    return conclude(status == 712,
                    "cudaHostRegister fails with 712 cudaErrorHostMemoryAlreadyRegistered");
}
