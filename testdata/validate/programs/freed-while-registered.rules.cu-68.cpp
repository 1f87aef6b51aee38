// freed-while-registered, at rules.cu:68 in gone_while_registered:
// memory is out of scope while it is registered: no call fails, but once the address is used
// again the GPU reads stale data
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer freed-while-registered.rules.cu-68.cpp && ./reproducer
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

static __attribute__((noinline)) int frame()
{
    // the local object
    alignas(64) char block[4096];

    // rules.cu:67: CHECK(cudaHostRegister(values, sizeof values, cudaHostRegisterDefault));
    int status = CALL(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    std::printf("the object is at %p\n", static_cast<void *>(block));

    // rules.cu:68: }
    // This is the finding: the memory dies here, registered.
    return status;
}

int main()
{
    // a GPU and its context
    MUST(cudaFree(nullptr));
    need(frame() == 0, "the first registration");

    // The next frame has its object at the same address.
    int status = frame();

    return conclude(status == 712,
                    "the dead object is still registered: the next one there fails with 712");
}
