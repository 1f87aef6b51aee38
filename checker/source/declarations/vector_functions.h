/* make_float4 and its kind. */
#ifndef __VECTOR_FUNCTIONS_H__
#define __VECTOR_FUNCTIONS_H__

#include "vector_types.h"

#define CUHOSTLINT_MAKERS(name, element)                                                           \
    static __inline__ __host__ __device__ name##1 make_##name##1(element x)                        \
    {                                                                                              \
        name##1 v = {x};                                                                           \
        return v;                                                                                  \
    }                                                                                              \
    static __inline__ __host__ __device__ name##2 make_##name##2(element x, element y)             \
    {                                                                                              \
        name##2 v = {x, y};                                                                        \
        return v;                                                                                  \
    }                                                                                              \
    static __inline__ __host__ __device__ name##3 make_##name##3(element x, element y, element z)  \
    {                                                                                              \
        name##3 v = {x, y, z};                                                                     \
        return v;                                                                                  \
    }                                                                                              \
    static __inline__ __host__ __device__ name##4 make_##name##4(element x, element y, element z,  \
                                                                 element w)                        \
    {                                                                                              \
        name##4 v = {x, y, z, w};                                                                  \
        return v;                                                                                  \
    }

CUHOSTLINT_MAKERS(char, signed char)
CUHOSTLINT_MAKERS(uchar, unsigned char)
CUHOSTLINT_MAKERS(short, short)
CUHOSTLINT_MAKERS(ushort, unsigned short)
CUHOSTLINT_MAKERS(int, int)
CUHOSTLINT_MAKERS(uint, unsigned int)
CUHOSTLINT_MAKERS(long, long int)
CUHOSTLINT_MAKERS(ulong, unsigned long int)
CUHOSTLINT_MAKERS(longlong, long long int)
CUHOSTLINT_MAKERS(ulonglong, unsigned long long int)
CUHOSTLINT_MAKERS(float, float)
CUHOSTLINT_MAKERS(double, double)
#undef CUHOSTLINT_MAKERS

#endif
