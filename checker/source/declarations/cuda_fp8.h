/* Numbers of 8 bits. */
#ifndef __CUDA_FP8_H__
#define __CUDA_FP8_H__

#include "cuda_bf16.h"
#include "cuda_fp16.h"

typedef unsigned char __nv_fp8_storage_t;
typedef unsigned short __nv_fp8x2_storage_t;
typedef unsigned int __nv_fp8x4_storage_t;
typedef enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE } __nv_saturation_t;
typedef enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 } __nv_fp8_interpretation_t;

#ifdef __cplusplus
#define CUHOSTLINT_FP8(name)                                                                       \
    struct name {                                                                                  \
        __nv_fp8_storage_t __x;                                                                    \
        name() = default;                                                                          \
        explicit name(float);                                                                      \
        explicit name(double);                                                                     \
        explicit name(int);                                                                        \
        explicit name(__half);                                                                     \
        explicit name(__nv_bfloat16);                                                              \
        explicit operator float() const;                                                           \
        explicit operator __half() const;                                                          \
    };
CUHOSTLINT_FP8(__nv_fp8_e4m3)
CUHOSTLINT_FP8(__nv_fp8_e5m2)
CUHOSTLINT_FP8(__nv_fp8_e8m0)
#undef CUHOSTLINT_FP8
__nv_fp8_storage_t __nv_cvt_float_to_fp8(float, __nv_saturation_t, __nv_fp8_interpretation_t);
__nv_fp8_storage_t __nv_cvt_halfraw_to_fp8(__half_raw, __nv_saturation_t,
                                           __nv_fp8_interpretation_t);
__half_raw __nv_cvt_fp8_to_halfraw(__nv_fp8_storage_t, __nv_fp8_interpretation_t);
#endif

#endif
