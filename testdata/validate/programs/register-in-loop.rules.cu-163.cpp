// register-in-loop, at rules.cu:163 in register_in_loop:
// the same memory is registered and unregistered in each turn of a loop: move
// 'cudaHostRegister' out of it
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer register-in-loop.rules.cu-163.cpp && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda_runtime.h>

#include <chrono>
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
    char *block = static_cast<char *>(std::malloc(4096));
    need(block != nullptr, "memory");

    // rules.cu:163: CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    // This is the finding.
    MUST(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    MUST(cudaHostUnregister(block));
    auto start = std::chrono::steady_clock::now();
    for (int turn = 0; turn < 100; turn++)
        need(cudaHostRegister(block, 4096, cudaHostRegisterDefault) == 0 &&
             cudaHostUnregister(block) == 0,
             "a turn of the loop");
    double microseconds =
        std::chrono::duration<double, std::micro>(
            std::chrono::steady_clock::now() - start).count() / 100;
    std::printf("%.1f microseconds for each turn\n", microseconds);

    return conclude(microseconds > 5,
                    "each turn pays for pinning and unpinning: more than 5 microseconds");
}
