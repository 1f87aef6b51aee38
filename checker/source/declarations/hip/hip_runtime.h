/* HIP: the runtime API and what kernels use. */
#ifndef HIP_INCLUDE_HIP_HIP_RUNTIME_H
#define HIP_INCLUDE_HIP_HIP_RUNTIME_H

#include "hip/hip_runtime_api.h"
#include "vector_functions.h"

#ifdef __CUDACC__
#include "device_functions.h"
#include "device_launch_parameters.h"

#define hipThreadIdx_x threadIdx.x
#define hipThreadIdx_y threadIdx.y
#define hipThreadIdx_z threadIdx.z
#define hipBlockIdx_x blockIdx.x
#define hipBlockIdx_y blockIdx.y
#define hipBlockIdx_z blockIdx.z
#define hipBlockDim_x blockDim.x
#define hipBlockDim_y blockDim.y
#define hipBlockDim_z blockDim.z
#define hipGridDim_x gridDim.x
#define hipGridDim_y gridDim.y
#define hipGridDim_z gridDim.z

#ifdef __cplusplus
/* A launch is a launch: the tree then shows it as one. */
#define hipLaunchKernelGGL(kernel, grid, block, bytes, stream, ...)                                \
    (kernel)<<<(grid), (block), (bytes), (stream)>>>(__VA_ARGS__)
#endif
#endif

#endif
