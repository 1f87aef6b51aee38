/* Given with -include: every call of the modelled functions says on standard error where it stands
 * and what it returned, as "trace LINE NAME STATUS". */
#ifndef CUHOSTLINT_TESTDATA_GPU_TRACE_H
#define CUHOSTLINT_TESTDATA_GPU_TRACE_H

#include <cuda.h>
#include <cuda_runtime.h>
#include <stdio.h>

static inline int trace_status(const char *file, int line, const char *name, int status)
{
    fprintf(stderr, "trace %s %d %s %d\n", file, line, name, status);
    return status;
}

#define TRACE(type, name, call) ((type)trace_status(__FILE__, __LINE__, name, (int)call))

#define cudaHostRegister(...) TRACE(cudaError_t, "cudaHostRegister", cudaHostRegister(__VA_ARGS__))
#define cudaHostUnregister(...)                                                                    \
    TRACE(cudaError_t, "cudaHostUnregister", cudaHostUnregister(__VA_ARGS__))
#define cudaMallocHost(...) TRACE(cudaError_t, "cudaMallocHost", cudaMallocHost(__VA_ARGS__))
#define cudaHostAlloc(...) TRACE(cudaError_t, "cudaHostAlloc", cudaHostAlloc(__VA_ARGS__))
#define cudaFreeHost(...) TRACE(cudaError_t, "cudaFreeHost", cudaFreeHost(__VA_ARGS__))
#define cudaFree(...) TRACE(cudaError_t, "cudaFree", cudaFree(__VA_ARGS__))
#define cudaDeviceSynchronize()                                                                    \
    TRACE(cudaError_t, "cudaDeviceSynchronize", cudaDeviceSynchronize())

#undef cuMemHostRegister
#undef cuMemAllocHost
#define cuMemHostRegister(...)                                                                     \
    TRACE(CUresult, "cuMemHostRegister", cuMemHostRegister_v2(__VA_ARGS__))
#define cuMemHostUnregister(...)                                                                   \
    TRACE(CUresult, "cuMemHostUnregister", cuMemHostUnregister(__VA_ARGS__))
#define cuMemAllocHost(...) TRACE(CUresult, "cuMemAllocHost", cuMemAllocHost_v2(__VA_ARGS__))
#define cuMemHostAlloc(...) TRACE(CUresult, "cuMemHostAlloc", cuMemHostAlloc(__VA_ARGS__))
#define cuMemFreeHost(...) TRACE(CUresult, "cuMemFreeHost", cuMemFreeHost(__VA_ARGS__))

#endif
