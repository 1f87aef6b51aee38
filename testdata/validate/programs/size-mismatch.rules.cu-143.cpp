// size-mismatch, at rules.cu:143 in size_mismatch:
// the size given to 'cudaHostRegister' covers only a part of the object: it counts elements,
// not bytes
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer size-mismatch.rules.cu-143.cpp && ./reproducer
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

    // rules.cu:139: double *values = new double[count];
    // (the source leaves the size open: this one is chosen)
    char *block = new char[8388608];

    // rules.cu:143: CHECK(cudaHostRegister(values, count, cudaHostRegisterDefault));
    // (the source leaves the size open: this one is chosen)
    // This is the finding.
    int status = CALL(cudaHostRegister(block, 1048576, cudaHostRegisterDefault));
    need(status == 0, "the registration");

    // A copy up to the block's end crosses that of the registered part.
    void *device = nullptr;
    MUST(cudaMalloc(&device, 8388608));
    int copied = CALL(cudaMemcpy(device, block, 8388608, cudaMemcpyHostToDevice));

    return conclude(copied == 1, "a copy that crosses the end of the registered part fails with 1");
}
