/* Read before every C and C++ source: a file whose own headers cannot be found still knows the
 * runtime and driver functions that it calls. */
#ifndef CUHOSTLINT_HOST_H
#define CUHOSTLINT_HOST_H

#include <stddef.h> /* headers that are linted alone use size_t, and leave this to others */

#ifdef __cplusplus
#include "cuhostlint/library.h"
#endif
#ifdef CUHOSTLINT_WANTS_CUDA
#if __has_include(<cuda_runtime_api.h>)
#include <cuda_runtime_api.h>
#endif
#endif
#ifdef CUHOSTLINT_WANTS_DRIVER
#if __has_include(<cuda.h>)
#include <cuda.h>
#endif
#endif
#ifdef CUHOSTLINT_WANTS_HIP
/* HIP's header wants to be told the platform by whoever compiles for the host alone. */
#if !defined(CUHOSTLINT_WANTS_CUDA) && !defined(CUHOSTLINT_WANTS_DRIVER) &&                        \
    !defined(__HIP_PLATFORM_NVIDIA__) && !defined(__HIP_PLATFORM_AMD__)
#define __HIP_PLATFORM_AMD__ 1
#endif
#include <hip/hip_runtime_api.h>
#endif

#endif
