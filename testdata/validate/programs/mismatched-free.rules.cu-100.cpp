// mismatched-free, at rules.cu:100 in mismatched_free:
// 'free' on memory of a pinned allocator crashes: 'cudaFreeHost' or its twin frees it
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer mismatched-free.rules.cu-100.cpp && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda_runtime.h>

#include <unistd.h>

#include <csignal>
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

static void crashed(int)
{
    static const char text[] = "confirmed: it crashes\n";
    _exit(write(STDOUT_FILENO, text, sizeof text - 1) > 0 ? 0 : 20);
}

static void crash_is_the_proof()
{
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    std::signal(SIGSEGV, crashed);
    std::signal(SIGABRT, crashed);
}

int main()
{
    // a GPU and its context
    MUST(cudaFree(nullptr));
    crash_is_the_proof();

    // rules.cu:99: CHECK(cudaMallocHost(&block, 4096));
    char *block = nullptr;
    MUST(cudaMallocHost(&block, 4096));

    // rules.cu:100: std::free(block);
    // This is the finding.
    std::free(block);

    return conclude(false, "free crashes");
}
