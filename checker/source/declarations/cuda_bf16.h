/* Numbers of 16 bits with the range of float: bfloat16. */
#ifndef __CUDA_BF16_H__
#define __CUDA_BF16_H__

#include "vector_types.h"

typedef struct {
    unsigned short x;
} __nv_bfloat16_raw;
typedef struct {
    unsigned short x, y;
} __nv_bfloat162_raw;

#ifdef __cplusplus
struct __nv_bfloat16 {
    unsigned short __x;
    __nv_bfloat16() = default;
    __nv_bfloat16(float);
    __nv_bfloat16(double);
    __nv_bfloat16(int);
    __nv_bfloat16(unsigned);
    __nv_bfloat16(long);
    __nv_bfloat16(unsigned long);
    __nv_bfloat16(long long);
    __nv_bfloat16(unsigned long long);
    __nv_bfloat16(short);
    __nv_bfloat16(unsigned short);
    __nv_bfloat16(const __nv_bfloat16_raw &);
    operator float() const;
    operator __nv_bfloat16_raw() const;
    explicit operator bool() const;
    __nv_bfloat16 &operator+=(const __nv_bfloat16 &);
    __nv_bfloat16 &operator-=(const __nv_bfloat16 &);
    __nv_bfloat16 &operator*=(const __nv_bfloat16 &);
    __nv_bfloat16 &operator/=(const __nv_bfloat16 &);
};
struct __nv_bfloat162 {
    __nv_bfloat16 x, y;
    __nv_bfloat162() = default;
    __nv_bfloat162(const __nv_bfloat16 &, const __nv_bfloat16 &);
    __nv_bfloat162(const __nv_bfloat162_raw &);
};
__nv_bfloat16 operator+(const __nv_bfloat16 &, const __nv_bfloat16 &);
__nv_bfloat16 operator-(const __nv_bfloat16 &, const __nv_bfloat16 &);
__nv_bfloat16 operator*(const __nv_bfloat16 &, const __nv_bfloat16 &);
__nv_bfloat16 operator/(const __nv_bfloat16 &, const __nv_bfloat16 &);
__nv_bfloat16 operator-(const __nv_bfloat16 &);
bool operator==(const __nv_bfloat16 &, const __nv_bfloat16 &);
bool operator!=(const __nv_bfloat16 &, const __nv_bfloat16 &);
bool operator<(const __nv_bfloat16 &, const __nv_bfloat16 &);
bool operator>(const __nv_bfloat16 &, const __nv_bfloat16 &);
bool operator<=(const __nv_bfloat16 &, const __nv_bfloat16 &);
bool operator>=(const __nv_bfloat16 &, const __nv_bfloat16 &);
__nv_bfloat162 operator+(const __nv_bfloat162 &, const __nv_bfloat162 &);
__nv_bfloat162 operator-(const __nv_bfloat162 &, const __nv_bfloat162 &);
__nv_bfloat162 operator*(const __nv_bfloat162 &, const __nv_bfloat162 &);

/* arithmetic, by element and by pair */
#define CUHOSTLINT_OF_TWO(name)                                                                    \
    __nv_bfloat16 name(__nv_bfloat16, __nv_bfloat16);                                              \
    __nv_bfloat162 name##2(__nv_bfloat162, __nv_bfloat162);
CUHOSTLINT_OF_TWO(__hadd)
CUHOSTLINT_OF_TWO(__hsub)
CUHOSTLINT_OF_TWO(__hmul)
CUHOSTLINT_OF_TWO(__hdiv)
CUHOSTLINT_OF_TWO(__hmin)
CUHOSTLINT_OF_TWO(__hmax)
#undef CUHOSTLINT_OF_TWO
#define CUHOSTLINT_COMPARE(name)                                                                   \
    bool name(__nv_bfloat16, __nv_bfloat16);                                                       \
    __nv_bfloat162 name##2(__nv_bfloat162, __nv_bfloat162);
CUHOSTLINT_COMPARE(__heq)
CUHOSTLINT_COMPARE(__hne)
CUHOSTLINT_COMPARE(__hlt)
CUHOSTLINT_COMPARE(__hle)
CUHOSTLINT_COMPARE(__hgt)
CUHOSTLINT_COMPARE(__hge)
#undef CUHOSTLINT_COMPARE
#define CUHOSTLINT_OF_ONE(name)                                                                    \
    __nv_bfloat16 h##name(__nv_bfloat16);                                                          \
    __nv_bfloat162 h2##name(__nv_bfloat162);
CUHOSTLINT_OF_ONE(sqrt)
CUHOSTLINT_OF_ONE(rsqrt)
CUHOSTLINT_OF_ONE(rcp)
CUHOSTLINT_OF_ONE(exp)
CUHOSTLINT_OF_ONE(exp2)
CUHOSTLINT_OF_ONE(log)
CUHOSTLINT_OF_ONE(log2)
CUHOSTLINT_OF_ONE(sin)
CUHOSTLINT_OF_ONE(cos)
CUHOSTLINT_OF_ONE(floor)
CUHOSTLINT_OF_ONE(ceil)
CUHOSTLINT_OF_ONE(rint)
#undef CUHOSTLINT_OF_ONE
__nv_bfloat16 __hfma(__nv_bfloat16, __nv_bfloat16, __nv_bfloat16);
__nv_bfloat162 __hfma2(__nv_bfloat162, __nv_bfloat162, __nv_bfloat162);
__nv_bfloat16 __habs(__nv_bfloat16);
__nv_bfloat162 __habs2(__nv_bfloat162);
__nv_bfloat16 __hneg(__nv_bfloat16);
__nv_bfloat162 __hneg2(__nv_bfloat162);
bool __hisnan(__nv_bfloat16);
int __hisinf(__nv_bfloat16);

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
#else
typedef __nv_bfloat16_raw __nv_bfloat16;
typedef __nv_bfloat162_raw __nv_bfloat162;
#endif

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;

#endif
