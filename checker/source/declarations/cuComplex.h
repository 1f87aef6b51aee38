/* Complex numbers. */
#ifndef CU_COMPLEX_H_
#define CU_COMPLEX_H_

#include "vector_functions.h"

typedef float2 cuFloatComplex;
typedef double2 cuDoubleComplex;
typedef cuFloatComplex cuComplex;

#ifdef __cplusplus
extern "C" {
#endif
#define CUHOSTLINT_COMPLEX(complex, real, mark)                                                    \
    real cuCreal##mark(complex);                                                                   \
    real cuCimag##mark(complex);                                                                   \
    real cuCabs##mark(complex);                                                                    \
    complex cuConj##mark(complex);                                                                 \
    complex cuCadd##mark(complex, complex);                                                        \
    complex cuCsub##mark(complex, complex);                                                        \
    complex cuCmul##mark(complex, complex);                                                        \
    complex cuCdiv##mark(complex, complex);                                                        \
    complex cuCfma##mark(complex, complex, complex);
CUHOSTLINT_COMPLEX(cuFloatComplex, float, f)
CUHOSTLINT_COMPLEX(cuDoubleComplex, double, )
#undef CUHOSTLINT_COMPLEX
cuFloatComplex make_cuFloatComplex(float, float);
cuDoubleComplex make_cuDoubleComplex(double, double);
cuComplex make_cuComplex(float, float);
cuFloatComplex cuComplexDoubleToFloat(cuDoubleComplex);
cuDoubleComplex cuComplexFloatToDouble(cuFloatComplex);
#ifdef __cplusplus
}
#endif

#endif
