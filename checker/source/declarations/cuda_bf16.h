/* Numbers of 16 bits with the range of float: bfloat16. */
#ifndef __CUDA_BF16_H__
#define __CUDA_BF16_H__

#include "vector_types.h"

#define CUHOSTLINT_PAIR_RAW __nv_bfloat162_raw
#define CUHOSTLINT_NUMBER_RAW __nv_bfloat16_raw
#define CUHOSTLINT_PAIR __nv_bfloat162
#define CUHOSTLINT_NUMBER __nv_bfloat16
#include "cuhostlint/number16.h"
#undef CUHOSTLINT_PAIR_RAW
#undef CUHOSTLINT_NUMBER_RAW
#undef CUHOSTLINT_PAIR
#undef CUHOSTLINT_NUMBER

#ifdef __cplusplus
/* conversions */
__nv_bfloat16 __float2bfloat16(float);
__nv_bfloat16 __float2bfloat16_rn(float);
__nv_bfloat16 __float2bfloat16_rz(float);
__nv_bfloat16 __double2bfloat16(double);
float __bfloat162float(__nv_bfloat16);
__nv_bfloat162 __floats2bfloat162_rn(float, float);
__nv_bfloat162 __float2bfloat162_rn(float);
__nv_bfloat162 __float22bfloat162_rn(float2);
float2 __bfloat1622float2(__nv_bfloat162);
__nv_bfloat162 __halves2bfloat162(__nv_bfloat16, __nv_bfloat16);
__nv_bfloat162 __bfloat162bfloat162(__nv_bfloat16);
float __low2float(__nv_bfloat162);
__nv_bfloat16 __low2bfloat16(__nv_bfloat162);
__nv_bfloat16 __high2bfloat16(__nv_bfloat162);
__nv_bfloat162 make_bfloat162(__nv_bfloat16, __nv_bfloat16);
float __high2float(__nv_bfloat162);
__nv_bfloat16 __int2bfloat16_rn(int);
__nv_bfloat16 __uint2bfloat16_rn(unsigned);
int __bfloat162int_rn(__nv_bfloat16);
unsigned short __bfloat16_as_ushort(__nv_bfloat16);
short __bfloat16_as_short(__nv_bfloat16);
__nv_bfloat16 __ushort_as_bfloat16(unsigned short);
__nv_bfloat16 __short_as_bfloat16(short);
#endif

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;

#endif
