// register-leak, at rules.cu:76 in register_leak:
// on a path from here the memory is neither unregistered nor handed on: its pages stay locked
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer register-leak.rules.cu-76.cpp && ./reproducer
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

    // rules.cu:72: void *block = std::malloc(bytes);
    // (the source leaves the size open: this one is chosen)
    char *block = static_cast<char *>(std::malloc(1048576));
    need(block != nullptr, "memory");

    // rules.cu:76: CHECK(cudaHostRegister(block, bytes, cudaHostRegisterDefault));
    // (the source leaves the size open: this one is chosen)
    MUST(cudaHostRegister(block, 1048576, cudaHostRegisterDefault));

    // The path ends here.
    cudaPointerAttributes attributes;
    MUST(cudaPointerGetAttributes(&attributes, block));
    std::printf("memory type %d (1: page-locked host memory)\n", static_cast<int>(attributes.type));
    int status = CALL(cudaHostRegister(block, 1048576, cudaHostRegisterDefault));

    return conclude(attributes.type == cudaMemoryTypeHost && status == 712,
                    "the pages stay locked, and registering the block again fails with 712");
}
