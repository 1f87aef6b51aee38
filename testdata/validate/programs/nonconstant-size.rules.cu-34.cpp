// nonconstant-size, at rules.cu:34 in nonconstant_size:
// the size given to 'cudaHostRegister' is not constant and nothing on this path rules out 0,
// for which the call fails with status 1 (invalid value)
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer nonconstant-size.rules.cu-34.cpp && ./reproducer
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

    // stands for the memory that the path gets from elsewhere
    char *block = static_cast<char *>(std::malloc(1048576));
    need(block != nullptr, "memory");

    // rules.cu:34: CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    // This is the finding: nothing before it rules out size 0.
    int status = CALL(cudaHostRegister(block, 0, cudaHostRegisterDefault));

    return conclude(status == 1, "with size 0, cudaHostRegister fails with 1");
}
