// unchecked-call, at driver.c:24 in dropped:
// the status of 'cuMemAllocHost' is not checked: if the call fails, a later call is blamed
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer unchecked-call.driver.c-24.cpp -lcuda && ./reproducer
// Exit status: 0 the GPU does what the rule predicts, 10 it does not, 20 cannot say.
#include <cuda.h>
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

static int show(const char *call, CUresult status)
{
    const char *name = nullptr;
    cuGetErrorName(status, &name);
    std::printf("%s\n    = %d %s\n", call, static_cast<int>(status), name);
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

    char *pinned = nullptr;

    // driver.c:24: cuMemAllocHost(&block, 4096);
    // This is the finding. Far too many bytes make the call fail.
    int failed = CALL(cuMemAllocHost(reinterpret_cast<void **>(&pinned),
                                     static_cast<std::size_t>(1) << 46));

    // Nothing else tells: the calls after it succeed.
    int next = CALL(cuCtxSynchronize());

    return conclude(failed != 0 && next == 0 && pinned == nullptr,
                    "the failure goes unnoticed: the pointer is not set, and the next call "
                    "succeeds");
}
