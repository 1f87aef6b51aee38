// address-of-pointer, at rules.cu:150 in address_of_pointer:
// 'cudaHostRegister' is given the address of a pointer variable: it pins the pointer's own
// bytes and what lies behind them, not the buffer
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer address-of-pointer.rules.cu-150.cpp && ./reproducer
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

    // the buffer, and the variable that points to it
    char *block = static_cast<char *>(std::malloc(65536));
    need(block != nullptr, "memory");

    // rules.cu:150: CHECK(cudaHostRegister(&block, 65536, cudaHostRegisterDefault));
    // This is the finding.
    CALL(cudaHostRegister(&block, 65536, cudaHostRegisterDefault));

    cudaPointerAttributes attributes;
    MUST(cudaPointerGetAttributes(&attributes, block));
    std::printf("memory type of the buffer %d (0: not registered)\n",
                static_cast<int>(attributes.type));

    return conclude(attributes.type == cudaMemoryTypeUnregistered,
                    "the buffer is not registered: the pointer variable was");
}
