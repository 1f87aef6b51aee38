// readonly-memory, at rules.cu:122 in readonly_memory:
// 'cudaHostRegister' on constant data without the ReadOnly flag fails with status 1 (invalid
// value)
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer readonly-memory.rules.cu-122.cpp && ./reproducer
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

    // the constant data
    alignas(4096) static const char constant[16] = "constant";
    char *block = const_cast<char *>(constant);

    // rules.cu:122:
    //     CHECK(cudaHostRegister(const_cast<char *>(text), sizeof text, cudaHostRegisterDefault) ...
    // This is the finding.
    int status = CALL(cudaHostRegister(block, 9, cudaHostRegisterDefault));

    return conclude(status == 1, "cudaHostRegister fails with 1 cudaErrorInvalidValue");
}
