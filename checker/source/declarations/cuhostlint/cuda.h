/* Read before every CUDA and HIP source, as nvcc reads cuda_runtime.h before it.
 *
 * clang is to see one program for the host: every function may call every other, and the words
 * that place code and data on the device become annotations, which the tree keeps. Works with the
 * toolkit's headers and with the ones beside this file. */
#ifndef CUHOSTLINT_CUDA_H
#define CUHOSTLINT_CUDA_H

#ifdef __CUDA__
#pragma clang force_cuda_host_device begin
#endif

#define __NVCC__ 1
#define __CUDACC__ 1
#define __NV_NO_HOST_COMPILER_CHECK 1
#ifdef CUHOSTLINT_WANTS_HIP
#define __HIP__ 1
#define __HIPCC__ 1
#ifndef __HIP_PLATFORM_NVIDIA__
#define __HIP_PLATFORM_AMD__ 1
#define __HIP_PLATFORM_HCC__ 1
#endif
#endif

#include "cuhostlint/library.h"

#if !defined(CUHOSTLINT_BUNDLED) || defined(CUHOSTLINT_WANTS_DRIVER)
#include <cuda.h> /* for CUDA_VERSION, too */
#endif
#ifndef CUDA_VERSION
#define CUDA_VERSION 13000
#endif
#define __CUDACC_VER_MAJOR__ (CUDA_VERSION / 1000)
#define __CUDACC_VER_MINOR__ ((CUDA_VERSION % 1000) / 10)
#define __CUDACC_VER_BUILD__ 0
#define __NVCC_DIAG_PRAGMA_SUPPORT__ 1
#define __CUDA_API_VER_MAJOR__ __CUDACC_VER_MAJOR__
#define __CUDA_API_VER_MINOR__ __CUDACC_VER_MINOR__
#ifndef __CUDA_ARCH_LIST__
#define __CUDA_ARCH_LIST__ 800
#endif

/* The toolkit's definitions first, so that ours are the ones that stay. */
#if __has_include(<crt/host_defines.h>)
#include <crt/host_defines.h>
#elif __has_include(<host_defines.h>)
#include <host_defines.h>
#endif
#undef __host__
#undef __device__
#undef __global__
#undef __shared__
#undef __constant__
#undef __managed__
#undef __grid_constant__
#undef __noinline__
#define __host__ __attribute__((annotate("cuda_host")))
#define __device__ __attribute__((annotate("cuda_device")))
#define __global__ __attribute__((global))
#define __shared__ __attribute__((annotate("cuda_shared")))
#define __constant__ __attribute__((annotate("cuda_constant")))
#define __managed__ __attribute__((annotate("cuda_managed")))
#define __grid_constant__
#define __noinline__ /* libstdc++ writes __attribute__((__noinline__)) */

#define __syncthreads cuhostlint_syncthreads /* a builtin of clang's, with another type */

/* The toolkit's own <cmath> clashes with the C++ library's; what it adds is here. */
#define __MATH_FUNCTIONS_H__
#include "cuhostlint/math.h"

#if __has_include(<cuda_runtime.h>)
#include <cuda_runtime.h>
#endif
#ifdef CUHOSTLINT_WANTS_HIP
#include <hip/hip_runtime.h>
#endif

/* Headers that ask which compiler reads them are to believe in nvcc. */
#undef __CUDA__

#endif
