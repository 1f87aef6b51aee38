/* CUDA's vector types: float4 and its kind, and dim3. */
#ifndef __VECTOR_TYPES_H__
#define __VECTOR_TYPES_H__

#include "crt/host_defines.h"

#define CUHOSTLINT_VECTORS(name, element)                                                          \
    struct name##1                                                                                 \
    {                                                                                              \
        element x;                                                                                 \
    };                                                                                             \
    struct name##2                                                                                 \
    {                                                                                              \
        element x, y;                                                                              \
    };                                                                                             \
    struct name##3                                                                                 \
    {                                                                                              \
        element x, y, z;                                                                           \
    };                                                                                             \
    struct name##4                                                                                 \
    {                                                                                              \
        element x, y, z, w;                                                                        \
    };                                                                                             \
    typedef struct name##1 name##1;                                                                \
    typedef struct name##2 name##2;                                                                \
    typedef struct name##3 name##3;                                                                \
    typedef struct name##4 name##4;

CUHOSTLINT_VECTORS(char, signed char)
CUHOSTLINT_VECTORS(uchar, unsigned char)
CUHOSTLINT_VECTORS(short, short)
CUHOSTLINT_VECTORS(ushort, unsigned short)
CUHOSTLINT_VECTORS(int, int)
CUHOSTLINT_VECTORS(uint, unsigned int)
CUHOSTLINT_VECTORS(long, long int)
CUHOSTLINT_VECTORS(ulong, unsigned long int)
CUHOSTLINT_VECTORS(longlong, long long int)
CUHOSTLINT_VECTORS(ulonglong, unsigned long long int)
CUHOSTLINT_VECTORS(float, float)
CUHOSTLINT_VECTORS(double, double)
#undef CUHOSTLINT_VECTORS

/* the aligned kinds of CUDA 13 */
#define CUHOSTLINT_ALIGNED(name, element)                                                          \
    struct name##_16a {                                                                            \
        element x, y, z, w;                                                                        \
    } __attribute__((aligned(16)));                                                                \
    struct name##_32a {                                                                            \
        element x, y, z, w;                                                                        \
    } __attribute__((aligned(32)));                                                                \
    typedef struct name##_16a name##_16a;                                                          \
    typedef struct name##_32a name##_32a;

CUHOSTLINT_ALIGNED(long4, long int)
CUHOSTLINT_ALIGNED(ulong4, unsigned long int)
CUHOSTLINT_ALIGNED(longlong4, long long int)
CUHOSTLINT_ALIGNED(ulonglong4, unsigned long long int)
CUHOSTLINT_ALIGNED(double4, double)
#undef CUHOSTLINT_ALIGNED

struct dim3 {
    unsigned int x, y, z;
#if defined(__cplusplus) && __cplusplus >= 201103L
    constexpr dim3(unsigned int vx = 1, unsigned int vy = 1, unsigned int vz = 1)
        : x(vx), y(vy), z(vz)
    {
    }
    constexpr dim3(uint3 v) : x(v.x), y(v.y), z(v.z)
    {
    }
    constexpr operator uint3() const
    {
        return uint3{x, y, z};
    }
#elif defined(__cplusplus)
    dim3(unsigned int vx = 1, unsigned int vy = 1, unsigned int vz = 1) : x(vx), y(vy), z(vz)
    {
    }
    dim3(uint3 v) : x(v.x), y(v.y), z(v.z)
    {
    }
#endif
};
typedef struct dim3 dim3;

#endif
