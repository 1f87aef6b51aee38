// register-in-capture, at rules.cu:173 in register_in_capture:
// 'cudaHostRegister' during the stream capture that begins at line 172 fails with status 900
// (capture unsupported) and ends the capture
//
// cuhostlint wrote this program: it replays the finding's path and nothing else.
//     nvcc -o reproducer register-in-capture.rules.cu-173.cpp && ./reproducer
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

    cudaStream_t stream;
    MUST(cudaStreamCreate(&stream));

    // rules.cu:172: CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    MUST(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));

    // stands for the memory that the path gets from elsewhere
    char *block = static_cast<char *>(std::malloc(4096));
    need(block != nullptr, "memory");

    // rules.cu:173: CHECK(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    // This is the finding.
    int status = CALL(cudaHostRegister(block, 4096, cudaHostRegisterDefault));

    cudaGraph_t graph;
    int ended = CALL(cudaStreamEndCapture(stream, &graph));

    return conclude(status == 900 && ended == 901,
                    "the call fails with 900 and the capture is lost (901)");
}
