#include <hip/hip_runtime.h>

static char area[4096];

void hip_capture(hipStream_t stream)
{
    hipGraph_t graph;

    if (hipStreamBeginCapture(stream, hipStreamCaptureModeGlobal) != hipSuccess)
        return;
    if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) != hipSuccess) { // expect: register-in-capture
        (void)hipStreamEndCapture(stream, &graph);
        return;
    }
    (void)hipStreamEndCapture(stream, &graph);
    (void)hipHostUnregister(area);
}

void hip_relaxed(hipStream_t stream)
{
    hipGraph_t graph;

    if (hipStreamBeginCapture(stream, hipStreamCaptureModeRelaxed) != hipSuccess)
        return;
    if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) == hipSuccess)
        (void)hipHostUnregister(area);
    (void)hipStreamEndCapture(stream, &graph);
}
