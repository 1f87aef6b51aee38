// already-pinned, at rules.cu:22 in already_pinned:
// 'cudaHostRegister' on memory that is pinned already: it comes from a pinned allocator, so the
// call fails with status 1 (invalid value)
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer already-pinned.rules.cu-22.cpp && ./reproducer
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

    // rules.cu:21: CHECK(cudaHostAlloc(&values, count * sizeof(float), cudaHostAllocPortable));
    // (the source leaves the size open: this one is chosen)
    char *block = nullptr;
    MUST(cudaHostAlloc(&block, 4194304, cudaHostAllocPortable));

    // rules.cu:22: CHECK(cudaHostRegister(values, count * sizeof(float), cudaHostRegisterMapped));
    // (the source leaves the size open: this one is chosen)
    // This is the finding.
    int status = CALL(cudaHostRegister(block, 4194304, cudaHostRegisterMapped));

    return conclude(status == 1, "cudaHostRegister fails with 1 cudaErrorInvalidValue");
}
