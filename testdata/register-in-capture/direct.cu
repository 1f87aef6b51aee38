// "register, unregister or a pinned allocator between `cudaStreamBeginCapture` [...] and the end of
// the capture"
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { SIZE = 4096 };

static char area[SIZE];

static cudaStream_t make_stream()
{
    cudaStream_t stream = nullptr;

    CHECK(cudaStreamCreate(&stream));
    return stream;
}

// "in Global [...] mode"
void registered_while_capturing()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: register-in-capture
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaHostUnregister(area));
}

// "or ThreadLocal mode"
void thread_local_mode()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
    cudaError_t status = cudaHostRegister(area, SIZE, cudaHostRegisterDefault); // expect: register-in-capture
    if (status != cudaSuccess)
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
    (void)cudaStreamEndCapture(stream, &graph);
}

void unregistered_while_capturing()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    cudaError_t status = cudaHostUnregister(area); // expect: register-in-capture
    if (status != cudaSuccess)
        std::fprintf(stderr, "%s\n", cudaGetErrorString(status));
    (void)cudaStreamEndCapture(stream, &graph);
    (void)cudaHostUnregister(area);
}

void allocated_while_capturing()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    float *staging = nullptr;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    if (cudaMallocHost(&staging, SIZE) != cudaSuccess) // expect: register-in-capture
        staging = nullptr;
    (void)cudaStreamEndCapture(stream, &graph);
    if (staging != nullptr)
        CHECK(cudaFreeHost(staging));
}

// "on a path of the same function or its callees"
static float *staging_area()
{
    void *block = nullptr;

    CHECK(cudaHostAlloc(&block, SIZE, cudaHostAllocPortable)); // expect: register-in-capture
    return static_cast<float *>(block);
}

void in_a_callee()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
    float *staging = staging_area();
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaFreeHost(staging));
}

// The capture began in a helper.
static void begin(cudaStream_t stream)
{
    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
}

static cudaGraph_t end(cudaStream_t stream)
{
    cudaGraph_t graph = nullptr;

    CHECK(cudaStreamEndCapture(stream, &graph));
    return graph;
}

void begun_by_a_helper()
{
    cudaStream_t stream = make_stream();

    begin(stream);
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: register-in-capture
    (void)end(stream);
    CHECK(cudaHostUnregister(area));
}

// Only where the condition holds.
void captured_on_one_path()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    bool capture = unseen_choice() != 0;

    if (capture)
        CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: register-in-capture
    if (capture)
        CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaHostUnregister(area));
}

// Right: code out of sight knows the flag that says whether there is a capture, and leaves it alone.
bool unseen_option(const char *name, bool *value);

void one_flag_decides_on_the_capture()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    bool capture = false;

    if (!unseen_option("capture", &capture))
        return;
    if (capture)
        CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    (void)unseen_choice();
    if (capture)
        CHECK(cudaStreamEndCapture(stream, &graph));
    (void)unseen_choice();
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

// Right: "Relaxed mode permits them: silent."
void relaxed_mode()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    float *staging = nullptr;

    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaMallocHost(&staging, SIZE));
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaFreeHost(staging));
}

// Right: before and after.
void around_the_capture()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    void *device = nullptr;

    CHECK(cudaMalloc(&device, SIZE));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    CHECK(cudaMemcpyAsync(device, area, SIZE, cudaMemcpyHostToDevice, stream));
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaHostUnregister(area));
    CHECK(cudaFree(device));
}

// Right: the correlated branch registers where nothing is captured.
void either_capture_or_register()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;
    bool capture = unseen_choice() != 0;

    if (capture)
        CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    if (!capture)
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    if (capture)
        CHECK(cudaStreamEndCapture(stream, &graph));
    else
        CHECK(cudaHostUnregister(area));
}

// Right: the mode is the caller's.
void mode_of_the_caller(cudaStreamCaptureMode mode)
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    CHECK(cudaStreamBeginCapture(stream, mode));
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaHostUnregister(area));
}

// Right: the capture did not begin.
void capture_that_failed()
{
    cudaStream_t stream = make_stream();
    cudaGraph_t graph = nullptr;

    if (cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal) != cudaSuccess) {
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
        CHECK(cudaHostUnregister(area));
        return;
    }
    CHECK(cudaStreamEndCapture(stream, &graph));
}

// Right: the test of a stream's state leaves, where it captures.
void asks_the_stream(cudaStream_t stream)
{
    cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;

    CHECK(cudaStreamIsCapturing(stream, &status));
    if (status != cudaStreamCaptureStatusNone)
        return;
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(area));
}

// Right: the thread asked for the relaxed mode beforehand.
void mode_exchanged_before()
{
    cudaStreamCaptureMode mode = cudaStreamCaptureModeRelaxed;
    cudaGraph_t graph = nullptr;
    cudaStream_t stream = nullptr;
    static char block[4096];

    CHECK(cudaStreamCreate(&stream));
    CHECK(cudaThreadExchangeStreamCaptureMode(&mode));
    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    CHECK(cudaHostRegister(block, sizeof block, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(block));
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaThreadExchangeStreamCaptureMode(&mode));
}

static const struct run_case cases[] = {
    CASE(registered_while_capturing), CASE(thread_local_mode), CASE(unregistered_while_capturing),
    CASE(allocated_while_capturing), CASE(in_a_callee), CASE(begun_by_a_helper),
    CASE(captured_on_one_path), CASE(relaxed_mode), CASE(around_the_capture),
    CASE(either_capture_or_register), CASE(capture_that_failed),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
