/* cuRAND in device code. */
#ifndef CURAND_KERNEL_H_
#define CURAND_KERNEL_H_

#include "curand.h"
#include "vector_types.h"

#ifdef __cplusplus
struct curandStateXORWOW {
    unsigned v[5];
};
struct curandStatePhilox4_32_10 {
    unsigned v[8];
};
struct curandStateMRG32k3a {
    unsigned v[6];
};
struct curandStateMtgp32 {
    unsigned s[1024];
};
struct curandStateSobol32 {
    unsigned v[32];
};
struct curandStateScrambledSobol32 {
    unsigned v[32];
};
struct curandStateSobol64 {
    unsigned long long v[64];
};
typedef curandStateXORWOW curandStateXORWOW_t, curandState_t, curandState;
typedef curandStatePhilox4_32_10 curandStatePhilox4_32_10_t;
typedef curandStateMRG32k3a curandStateMRG32k3a_t;
typedef curandStateMtgp32 curandStateMtgp32_t;
typedef curandStateSobol32 curandStateSobol32_t;
typedef curandStateScrambledSobol32 curandStateScrambledSobol32_t;
typedef curandStateSobol64 curandStateSobol64_t;

template <class State>
void curand_init(unsigned long long, unsigned long long, unsigned long long, State *);
template <class Vectors, class State> void curand_init(Vectors, unsigned, State *);
template <class State> unsigned curand(State *);
template <class State> uint4 curand4(State *);
template <class State> float curand_uniform(State *);
template <class State> float4 curand_uniform4(State *);
template <class State> double curand_uniform_double(State *);
template <class State> double2 curand_uniform2_double(State *);
template <class State> float curand_normal(State *);
template <class State> float2 curand_normal2(State *);
template <class State> float4 curand_normal4(State *);
template <class State> double curand_normal_double(State *);
template <class State> double2 curand_normal2_double(State *);
template <class State> float curand_log_normal(State *, float, float);
template <class State> unsigned curand_poisson(State *, double);
template <class State> void skipahead(unsigned long long, State *);
#endif

#endif
