/* Numbers of 16 bits: half. */
#ifndef __CUDA_FP16_H__
#define __CUDA_FP16_H__

#include "vector_types.h"

typedef struct {
    unsigned short x;
} __half_raw;
typedef struct {
    unsigned short x, y;
} __half2_raw;

#ifdef __cplusplus
struct __half {
    unsigned short __x;
    __half() = default;
    __half(float);
    __half(double);
    __half(int);
    __half(unsigned);
    __half(long);
    __half(unsigned long);
    __half(long long);
    __half(unsigned long long);
    __half(short);
    __half(unsigned short);
    __half(const __half_raw &);
    operator float() const;
    operator __half_raw() const;
    explicit operator bool() const;
    __half &operator+=(const __half &);
    __half &operator-=(const __half &);
    __half &operator*=(const __half &);
    __half &operator/=(const __half &);
};
struct __half2 {
    __half x, y;
    __half2() = default;
    __half2(const __half &, const __half &);
    __half2(const __half2_raw &);
};
__half operator+(const __half &, const __half &);
__half operator-(const __half &, const __half &);
__half operator*(const __half &, const __half &);
__half operator/(const __half &, const __half &);
__half operator-(const __half &);
bool operator==(const __half &, const __half &);
bool operator!=(const __half &, const __half &);
bool operator<(const __half &, const __half &);
bool operator>(const __half &, const __half &);
bool operator<=(const __half &, const __half &);
bool operator>=(const __half &, const __half &);
__half2 operator+(const __half2 &, const __half2 &);
__half2 operator-(const __half2 &, const __half2 &);
__half2 operator*(const __half2 &, const __half2 &);

/* arithmetic, by element and by pair */
#define CUHOSTLINT_OF_TWO(name)                                                                    \
    __half name(__half, __half);                                                                   \
    __half2 name##2(__half2, __half2);
CUHOSTLINT_OF_TWO(__hadd)
CUHOSTLINT_OF_TWO(__hsub)
CUHOSTLINT_OF_TWO(__hmul)
CUHOSTLINT_OF_TWO(__hdiv)
CUHOSTLINT_OF_TWO(__hmin)
CUHOSTLINT_OF_TWO(__hmax)
#undef CUHOSTLINT_OF_TWO
#define CUHOSTLINT_COMPARE(name)                                                                   \
    bool name(__half, __half);                                                                     \
    __half2 name##2(__half2, __half2);
CUHOSTLINT_COMPARE(__heq)
CUHOSTLINT_COMPARE(__hne)
CUHOSTLINT_COMPARE(__hlt)
CUHOSTLINT_COMPARE(__hle)
CUHOSTLINT_COMPARE(__hgt)
CUHOSTLINT_COMPARE(__hge)
#undef CUHOSTLINT_COMPARE
#define CUHOSTLINT_OF_ONE(name)                                                                    \
    __half h##name(__half);                                                                        \
    __half2 h2##name(__half2);
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
__half __hfma(__half, __half, __half);
__half2 __hfma2(__half2, __half2, __half2);
__half __habs(__half);
__half2 __habs2(__half2);
__half __hneg(__half);
__half2 __hneg2(__half2);
bool __hisnan(__half);
int __hisinf(__half);

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
#else
typedef __half_raw __half;
typedef __half2_raw __half2;
#endif

#ifndef CUDA_NO_HALF
typedef __half half;
typedef __half2 half2;
#endif
typedef __half __nv_half;
typedef __half2 __nv_half2;

#endif
