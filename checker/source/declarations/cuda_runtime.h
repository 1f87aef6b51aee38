/* The CUDA runtime API as C++ and CUDA see it. */
#ifndef __CUDA_RUNTIME_H__
#define __CUDA_RUNTIME_H__

#include "channel_descriptor.h"
#include "cuda_runtime_api.h"
#include "driver_types.h"
#include "vector_functions.h"

#ifdef __CUDACC__
#include "device_functions.h"
#include "device_launch_parameters.h"
#endif

#ifdef __cplusplus
#include "cuhostlint/runtime_templates.h"
#endif

#endif
