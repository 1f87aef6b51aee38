/* The functions of device code, so that kernels parse: declared, for every type that they take. */
#ifndef __DEVICE_FUNCTIONS_H__
#define __DEVICE_FUNCTIONS_H__

#include "vector_types.h"

#include <stddef.h>
#include <time.h>

#ifdef __cplusplus

/* barriers and fences */
void cuhostlint_syncthreads(void);
int __syncthreads_count(int);
int __syncthreads_and(int);
int __syncthreads_or(int);
void __syncwarp(unsigned = 0xffffffff);
void __threadfence(void);
void __threadfence_block(void);
void __threadfence_system(void);
void __trap(void);
void __brkpt(int = 0);
void __prof_trigger(int);
void __nanosleep(unsigned);
unsigned __activemask(void);
void __pipeline_memcpy_async(void *, const void *, size_t, size_t = 0);
void __pipeline_commit(void);
void __pipeline_wait_prior(size_t);
clock_t clock(void) noexcept(true);
long long clock64(void);
unsigned long long __globaltimer(void);
template <class T> bool __isGlobal(const T *);
template <class T> bool __isShared(const T *);
template <class T> size_t __cvta_generic_to_shared(const T *);
template <class T> size_t __cvta_generic_to_global(const T *);
void *__nv_ptx_builtin_ocg_fence(void);

/* atomics: the toolkit has one function for each type */
#define CUHOSTLINT_ATOMIC(name)                                                                    \
    template <class T, class V> T name(T *, V);                                                    \
    template <class T, class V> T name##_block(T *, V);                                            \
    template <class T, class V> T name##_system(T *, V);
CUHOSTLINT_ATOMIC(atomicAdd)
CUHOSTLINT_ATOMIC(atomicSub)
CUHOSTLINT_ATOMIC(atomicExch)
CUHOSTLINT_ATOMIC(atomicMin)
CUHOSTLINT_ATOMIC(atomicMax)
CUHOSTLINT_ATOMIC(atomicInc)
CUHOSTLINT_ATOMIC(atomicDec)
CUHOSTLINT_ATOMIC(atomicAnd)
CUHOSTLINT_ATOMIC(atomicOr)
CUHOSTLINT_ATOMIC(atomicXor)
#undef CUHOSTLINT_ATOMIC
template <class T, class C, class V> T atomicCAS(T *, C, V);
template <class T, class C, class V> T atomicCAS_block(T *, C, V);
template <class T, class C, class V> T atomicCAS_system(T *, C, V);

/* warps */
template <class T, class L> T __shfl_sync(unsigned, T, L, int = 32);
template <class T, class L> T __shfl_up_sync(unsigned, T, L, int = 32);
template <class T, class L> T __shfl_down_sync(unsigned, T, L, int = 32);
template <class T, class L> T __shfl_xor_sync(unsigned, T, L, int = 32);
template <class T, class L> T __shfl(T, L, int = 32);
template <class T, class L> T __shfl_up(T, L, int = 32);
template <class T, class L> T __shfl_down(T, L, int = 32);
template <class T, class L> T __shfl_xor(T, L, int = 32);
template <class T> unsigned __match_any_sync(unsigned, T);
template <class T> unsigned __match_all_sync(unsigned, T, int *);
template <class T> T __reduce_add_sync(unsigned, T);
template <class T> T __reduce_min_sync(unsigned, T);
template <class T> T __reduce_max_sync(unsigned, T);
template <class T> T __reduce_and_sync(unsigned, T);
template <class T> T __reduce_or_sync(unsigned, T);
template <class T> T __reduce_xor_sync(unsigned, T);
int __all_sync(unsigned, int);
int __any_sync(unsigned, int);
int __uni_sync(unsigned, int);
unsigned __ballot_sync(unsigned, int);
int __all(int);
int __any(int);
unsigned __ballot(int);

/* memory with cache hints */
template <class T> T __ldg(const T *);
template <class T> T __ldca(const T *);
template <class T> T __ldcg(const T *);
template <class T> T __ldcs(const T *);
template <class T> T __ldcv(const T *);
template <class T> T __ldlu(const T *);
template <class T> void __stcg(T *, T);
template <class T> void __stcs(T *, T);
template <class T> void __stwb(T *, T);
template <class T> void __stwt(T *, T);

/* integers */
int __clz(int);
int __clzll(long long);
int __popc(unsigned);
int __popcll(unsigned long long);
int __ffs(int);
int __ffsll(long long);
unsigned __brev(unsigned);
unsigned long long __brevll(unsigned long long);
unsigned __byte_perm(unsigned, unsigned, unsigned);
unsigned __funnelshift_l(unsigned, unsigned, unsigned);
unsigned __funnelshift_lc(unsigned, unsigned, unsigned);
unsigned __funnelshift_r(unsigned, unsigned, unsigned);
unsigned __funnelshift_rc(unsigned, unsigned, unsigned);
unsigned __fns(unsigned, unsigned, int);
int __mul24(int, int);
unsigned __umul24(unsigned, unsigned);
int __mulhi(int, int);
unsigned __umulhi(unsigned, unsigned);
long long __mul64hi(long long, long long);
unsigned long long __umul64hi(unsigned long long, unsigned long long);
unsigned __sad(int, int, unsigned);
unsigned __usad(unsigned, unsigned, unsigned);
int __hadd(int, int);
int __rhadd(int, int);
int __dp4a(int, int, int);
unsigned __dp4a(unsigned, unsigned, unsigned);
unsigned __vadd2(unsigned, unsigned);
unsigned __vadd4(unsigned, unsigned);
unsigned __vsub4(unsigned, unsigned);
unsigned __vsubss4(unsigned, unsigned);
unsigned __vabsdiffu4(unsigned, unsigned);
unsigned __vcmpeq4(unsigned, unsigned);
unsigned __vcmpne4(unsigned, unsigned);

/* fast mathematics; glibc's <math.h> declares some of these names too, and means the same */
extern "C" {
#define CUHOSTLINT_FAST(name) float name(float) noexcept(true);
CUHOSTLINT_FAST(__sinf)
CUHOSTLINT_FAST(__cosf)
CUHOSTLINT_FAST(__tanf)
CUHOSTLINT_FAST(__expf)
CUHOSTLINT_FAST(__exp10f)
CUHOSTLINT_FAST(__logf)
CUHOSTLINT_FAST(__log2f)
CUHOSTLINT_FAST(__log10f)
CUHOSTLINT_FAST(__tanhf)
CUHOSTLINT_FAST(__saturatef)
CUHOSTLINT_FAST(__frsqrt_rn)
CUHOSTLINT_FAST(exp10f)
#undef CUHOSTLINT_FAST
double exp10(double) noexcept(true);
float __powf(float, float) noexcept(true);
void __sincosf(float, float *, float *) noexcept(true);
void sincosf(float, float *, float *) noexcept(true);
void sincos(double, double *, double *) noexcept(true);
float __fdividef(float, float);
}
double __fdividef(double, double);

/* arithmetic with a rounding mode */
#define CUHOSTLINT_ROUNDED(mode)                                                                   \
    float __fadd_##mode(float, float);                                                             \
    float __fsub_##mode(float, float);                                                             \
    float __fmul_##mode(float, float);                                                             \
    float __fdiv_##mode(float, float);                                                             \
    float __fmaf_##mode(float, float, float);                                                      \
    float __fsqrt_##mode(float);                                                                   \
    float __frcp_##mode(float);                                                                    \
    double __dadd_##mode(double, double);                                                          \
    double __dsub_##mode(double, double);                                                          \
    double __dmul_##mode(double, double);                                                          \
    double __ddiv_##mode(double, double);                                                          \
    double __fma_##mode(double, double, double);                                                   \
    double __dsqrt_##mode(double);                                                                 \
    double __drcp_##mode(double);                                                                  \
    float __double2float_##mode(double);                                                           \
    int __float2int_##mode(float);                                                                 \
    unsigned __float2uint_##mode(float);                                                           \
    long long __float2ll_##mode(float);                                                            \
    unsigned long long __float2ull_##mode(float);                                                  \
    float __int2float_##mode(int);                                                                 \
    float __uint2float_##mode(unsigned);                                                           \
    float __ll2float_##mode(long long);                                                            \
    float __ull2float_##mode(unsigned long long);                                                  \
    int __double2int_##mode(double);                                                               \
    unsigned __double2uint_##mode(double);                                                         \
    long long __double2ll_##mode(double);                                                          \
    unsigned long long __double2ull_##mode(double);                                                \
    double __ll2double_##mode(long long);                                                          \
    double __ull2double_##mode(unsigned long long);
CUHOSTLINT_ROUNDED(rn)
CUHOSTLINT_ROUNDED(rz)
CUHOSTLINT_ROUNDED(ru)
CUHOSTLINT_ROUNDED(rd)
#undef CUHOSTLINT_ROUNDED
double __int2double_rn(int);
double __uint2double_rn(unsigned);

/* bits of floating-point numbers */
int __float_as_int(float);
unsigned __float_as_uint(float);
float __int_as_float(int);
float __uint_as_float(unsigned);
long long __double_as_longlong(double);
double __longlong_as_double(long long);
int __double2hiint(double);
int __double2loint(double);
double __hiloint2double(int, int);

#endif
#endif
