/* Numbers of 16 bits: half. */
#ifndef __CUDA_FP16_H__
#define __CUDA_FP16_H__

#include "vector_types.h"

#define CUHOSTLINT_PAIR_RAW __half2_raw
#define CUHOSTLINT_NUMBER_RAW __half_raw
#define CUHOSTLINT_PAIR __half2
#define CUHOSTLINT_NUMBER __half
#include "cuhostlint/number16.h"
#undef CUHOSTLINT_PAIR_RAW
#undef CUHOSTLINT_NUMBER_RAW
#undef CUHOSTLINT_PAIR
#undef CUHOSTLINT_NUMBER

#ifdef __cplusplus
/* conversions */
__half __float2half(float);
__half __float2half_rn(float);
__half __float2half_rz(float);
__half __double2half(double);
float __half2float(__half);
__half2 __floats2half2_rn(float, float);
__half2 __float2half2_rn(float);
__half2 __float22half2_rn(float2);
float2 __half22float2(__half2);
__half2 __halves2half2(__half, __half);
__half2 __half2half2(__half);
float __low2float(__half2);
__half __low2half(__half2);
__half __high2half(__half2);
__half2 __low2half2(__half2);
__half2 __high2half2(__half2);
__half2 make_half2(__half, __half);
float __high2float(__half2);
__half __int2half_rn(int);
__half __uint2half_rn(unsigned);
int __half2int_rn(__half);
unsigned short __half_as_ushort(__half);
short __half_as_short(__half);
__half __ushort_as_half(unsigned short);
__half __short_as_half(short);
#endif

#ifndef CUDA_NO_HALF
typedef __half half;
typedef __half2 half2;
#endif
typedef __half __nv_half;
typedef __half2 __nv_half2;

#endif
