// use-after-unregister, at rules.cu:157 in use_after_unregister:
// a kernel is given memory that was unregistered at line 156: it fails with status 700 (illegal
// address), and so does every call after it
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer use-after-unregister.rules.cu-157.cu && ./reproducer
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

    // stands for the memory that the path gets from elsewhere
    char *block = static_cast<char *>(std::malloc(4096));
    need(block != nullptr, "memory");

    // registered before the path begins
    MUST(cudaHostRegister(block, 4096, cudaHostRegisterDefault));

    // rules.cu:156: CHECK(cudaHostUnregister(values));
    MUST(cudaHostUnregister(block));

    // rules.cu:157: scale<<<1, 1>>>(values);
    // This is the finding.
    touch<<<1, 1>>>(block);
    int status = CALL(cudaDeviceSynchronize());

    return conclude(status == 700, "the kernel fails with 700 cudaErrorIllegalAddress");
}
