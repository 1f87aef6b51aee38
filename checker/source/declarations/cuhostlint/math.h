/* CUDA's additions to the mathematical functions, for every argument type that it offers. */
#ifndef CUHOSTLINT_MATH_H
#define CUHOSTLINT_MATH_H

#ifdef __cplusplus
#define CUHOSTLINT_MIN_MAX(result, left, right)                                                    \
    static inline result min(left a, right b)                                                      \
    {                                                                                              \
        return a < b ? (result)a : (result)b;                                                      \
    }                                                                                              \
    static inline result max(left a, right b)                                                      \
    {                                                                                              \
        return a > b ? (result)a : (result)b;                                                      \
    }

CUHOSTLINT_MIN_MAX(int, int, int)
CUHOSTLINT_MIN_MAX(unsigned, unsigned, unsigned)
CUHOSTLINT_MIN_MAX(unsigned, int, unsigned)
CUHOSTLINT_MIN_MAX(unsigned, unsigned, int)
CUHOSTLINT_MIN_MAX(long, long, long)
CUHOSTLINT_MIN_MAX(unsigned long, unsigned long, unsigned long)
CUHOSTLINT_MIN_MAX(unsigned long, long, unsigned long)
CUHOSTLINT_MIN_MAX(unsigned long, unsigned long, long)
CUHOSTLINT_MIN_MAX(long long, long long, long long)
CUHOSTLINT_MIN_MAX(unsigned long long, unsigned long long, unsigned long long)
CUHOSTLINT_MIN_MAX(unsigned long long, long long, unsigned long long)
CUHOSTLINT_MIN_MAX(unsigned long long, unsigned long long, long long)
CUHOSTLINT_MIN_MAX(float, float, float)
CUHOSTLINT_MIN_MAX(double, double, double)
CUHOSTLINT_MIN_MAX(double, float, double)
CUHOSTLINT_MIN_MAX(double, double, float)
#undef CUHOSTLINT_MIN_MAX

#define CUHOSTLINT_OF_ONE(name)                                                                    \
    double name(double);                                                                           \
    float name(float);                                                                             \
    float name##f(float);

CUHOSTLINT_OF_ONE(rsqrt)
CUHOSTLINT_OF_ONE(rcbrt)
CUHOSTLINT_OF_ONE(sinpi)
CUHOSTLINT_OF_ONE(cospi)
CUHOSTLINT_OF_ONE(erfinv)
CUHOSTLINT_OF_ONE(erfcinv)
CUHOSTLINT_OF_ONE(erfcx)
CUHOSTLINT_OF_ONE(normcdf)
CUHOSTLINT_OF_ONE(normcdfinv)
CUHOSTLINT_OF_ONE(cyl_bessel_i0)
CUHOSTLINT_OF_ONE(cyl_bessel_i1)
#undef CUHOSTLINT_OF_ONE

void sincospi(double, double *, double *);
void sincospif(float, float *, float *);
double rhypot(double, double);
float rhypotf(float, float);
double norm(int, const double *);
float normf(int, const float *);
double rnorm(int, const double *);
float rnormf(int, const float *);
double norm3d(double, double, double);
float norm3df(float, float, float);
double rnorm3d(double, double, double);
float rnorm3df(float, float, float);
double norm4d(double, double, double, double);
float norm4df(float, float, float, float);
double rnorm4d(double, double, double, double);
float rnorm4df(float, float, float, float);

/* The names of <math.h>, which headers use without including it: nvcc includes it always. */
extern "C" {
#define CUHOSTLINT_OF_ONE(name)                                                                    \
    double name(double) noexcept(true);                                                            \
    float name##f(float) noexcept(true);
#define CUHOSTLINT_OF_TWO(name)                                                                    \
    double name(double, double) noexcept(true);                                                    \
    float name##f(float, float) noexcept(true);
CUHOSTLINT_OF_ONE(acos)
CUHOSTLINT_OF_ONE(asin)
CUHOSTLINT_OF_ONE(atan)
CUHOSTLINT_OF_ONE(cbrt)
CUHOSTLINT_OF_ONE(ceil)
CUHOSTLINT_OF_ONE(cos)
CUHOSTLINT_OF_ONE(cosh)
CUHOSTLINT_OF_ONE(erf)
CUHOSTLINT_OF_ONE(erfc)
CUHOSTLINT_OF_ONE(exp)
CUHOSTLINT_OF_ONE(exp2)
CUHOSTLINT_OF_ONE(expm1)
CUHOSTLINT_OF_ONE(fabs)
CUHOSTLINT_OF_ONE(floor)
CUHOSTLINT_OF_ONE(log)
CUHOSTLINT_OF_ONE(log10)
CUHOSTLINT_OF_ONE(log1p)
CUHOSTLINT_OF_ONE(log2)
CUHOSTLINT_OF_ONE(rint)
CUHOSTLINT_OF_ONE(round)
CUHOSTLINT_OF_ONE(sin)
CUHOSTLINT_OF_ONE(sinh)
CUHOSTLINT_OF_ONE(sqrt)
CUHOSTLINT_OF_ONE(tan)
CUHOSTLINT_OF_ONE(tanh)
CUHOSTLINT_OF_ONE(trunc)
CUHOSTLINT_OF_TWO(atan2)
CUHOSTLINT_OF_TWO(copysign)
CUHOSTLINT_OF_TWO(fdim)
CUHOSTLINT_OF_TWO(fmax)
CUHOSTLINT_OF_TWO(fmin)
CUHOSTLINT_OF_TWO(fmod)
CUHOSTLINT_OF_TWO(hypot)
CUHOSTLINT_OF_TWO(pow)
CUHOSTLINT_OF_TWO(remainder)
float fmaf(float, float, float) noexcept(true);
double fma(double, double, double) noexcept(true);
#undef CUHOSTLINT_OF_ONE
#undef CUHOSTLINT_OF_TWO
}

unsigned umin(unsigned, unsigned);
unsigned umax(unsigned, unsigned);
long long llmin(long long, long long);
long long llmax(long long, long long);
unsigned long long ullmin(unsigned long long, unsigned long long);
unsigned long long ullmax(unsigned long long, unsigned long long);

#ifdef CUHOSTLINT_WANTS_MATH
using std::abs;
using std::acos;
using std::acosh;
using std::asin;
using std::asinh;
using std::atan;
using std::atan2;
using std::atanh;
using std::cbrt;
using std::ceil;
using std::copysign;
using std::cos;
using std::cosh;
using std::erf;
using std::erfc;
using std::exp;
using std::exp2;
using std::expm1;
using std::fabs;
using std::fdim;
using std::floor;
using std::fma;
using std::fmax;
using std::fmin;
using std::fmod;
using std::frexp;
using std::hypot;
using std::ilogb;
using std::isfinite;
using std::isinf;
using std::isnan;
using std::isnormal;
using std::ldexp;
using std::lgamma;
using std::llrint;
using std::llround;
using std::log;
using std::log10;
using std::log1p;
using std::log2;
using std::logb;
using std::lrint;
using std::lround;
using std::modf;
using std::nearbyint;
using std::nextafter;
using std::pow;
using std::remainder;
using std::rint;
using std::round;
using std::scalbn;
using std::signbit;
using std::sin;
using std::sinh;
using std::sqrt;
using std::tan;
using std::tanh;
using std::tgamma;
using std::trunc;
#endif
#endif

#endif
