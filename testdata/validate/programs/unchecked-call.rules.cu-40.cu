// unchecked-call, at rules.cu:40 in unchecked_call:
// the status of 'cudaHostRegister' is not checked: if the call fails, a later call is blamed
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer unchecked-call.rules.cu-40.cu && ./reproducer
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

__global__ void touch(char *pointer)
{
    if (pointer)
        *pointer = 1;
}

int main()
{
    // a GPU and its context
    MUST(cudaFree(nullptr));

    char *block = static_cast<char *>(std::malloc(65536));

    // rules.cu:40: cudaHostRegister(block, 4096, cudaHostRegisterDefault);
    // This is the finding. Size 0 makes the call fail.
    int failed = CALL(cudaHostRegister(block, 0, cudaHostRegisterDefault));

    // A kernel that is right, and the usual question after it:
    touch<<<1, 1>>>(nullptr);
    int blamed = CALL(cudaGetLastError());

    return conclude(failed != 0 && blamed == failed,
                    "a good kernel launch is blamed with the status that nobody looked at");
}
