/* cuSOLVER for dense matrices: handles, and the calls that most programs make. */
#ifndef CUSOLVERDN_H_
#define CUSOLVERDN_H_
#define CUSOLVER_COMMON_H_ /* what the samples' helper_cuda.h asks for */

#include "cuComplex.h"
#include "cublas_v2.h"
#include "driver_types.h"
#include "library_types.h"

#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif
typedef struct cusolverDnContext *cusolverDnHandle_t;
typedef struct syevjInfo *syevjInfo_t;
typedef struct gesvdjInfo *gesvdjInfo_t;
typedef struct cusolverDnIRSParams *cusolverDnIRSParams_t;
typedef struct cusolverDnIRSInfos *cusolverDnIRSInfos_t;
typedef struct cusolverDnParams *cusolverDnParams_t;
typedef enum { CUSOLVERDN_GETRF, CUSOLVERDN_POTRF, CUSOLVERDN_SYEVBATCHED } cusolverDnFunction_t;
typedef int cusolver_int_t;
typedef enum {
    CUSOLVER_STATUS_SUCCESS,
    CUSOLVER_STATUS_NOT_INITIALIZED,
    CUSOLVER_STATUS_ALLOC_FAILED,
    CUSOLVER_STATUS_INVALID_VALUE,
    CUSOLVER_STATUS_ARCH_MISMATCH,
    CUSOLVER_STATUS_MAPPING_ERROR,
    CUSOLVER_STATUS_EXECUTION_FAILED,
    CUSOLVER_STATUS_INTERNAL_ERROR,
    CUSOLVER_STATUS_MATRIX_TYPE_NOT_SUPPORTED,
    CUSOLVER_STATUS_NOT_SUPPORTED,
    CUSOLVER_STATUS_ZERO_PIVOT,
    CUSOLVER_STATUS_INVALID_LICENSE,
    CUSOLVER_STATUS_IRS_PARAMS_NOT_INITIALIZED,
    CUSOLVER_STATUS_IRS_PARAMS_INVALID,
    CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC,
    CUSOLVER_STATUS_IRS_PARAMS_INVALID_REFINE,
    CUSOLVER_STATUS_IRS_PARAMS_INVALID_MAXITER,
    CUSOLVER_STATUS_IRS_INTERNAL_ERROR = 20,
    CUSOLVER_STATUS_IRS_NOT_SUPPORTED,
    CUSOLVER_STATUS_IRS_OUT_OF_RANGE,
    CUSOLVER_STATUS_IRS_NRHS_NOT_SUPPORTED_FOR_REFINE_GMRES,
    CUSOLVER_STATUS_IRS_INFOS_NOT_INITIALIZED = 25,
    CUSOLVER_STATUS_IRS_INFOS_NOT_DESTROYED,
    CUSOLVER_STATUS_IRS_MATRIX_SINGULAR = 30,
    CUSOLVER_STATUS_INVALID_WORKSPACE
} cusolverStatus_t;
typedef enum {
    CUSOLVER_EIG_TYPE_1 = 1,
    CUSOLVER_EIG_TYPE_2,
    CUSOLVER_EIG_TYPE_3
} cusolverEigType_t;
typedef enum { CUSOLVER_EIG_MODE_NOVECTOR, CUSOLVER_EIG_MODE_VECTOR } cusolverEigMode_t;
typedef enum {
    CUSOLVER_EIG_RANGE_ALL = 1001,
    CUSOLVER_EIG_RANGE_I,
    CUSOLVER_EIG_RANGE_V
} cusolverEigRange_t;
typedef enum {
    CUSOLVER_INF_NORM = 104,
    CUSOLVER_MAX_NORM,
    CUSOLVER_ONE_NORM,
    CUSOLVER_FRO_NORM
} cusolverNorm_t;
typedef enum {
    CUSOLVER_IRS_REFINE_NOT_SET = 1100,
    CUSOLVER_IRS_REFINE_NONE,
    CUSOLVER_IRS_REFINE_CLASSICAL,
    CUSOLVER_IRS_REFINE_CLASSICAL_GMRES,
    CUSOLVER_IRS_REFINE_GMRES,
    CUSOLVER_IRS_REFINE_GMRES_GMRES,
    CUSOLVER_IRS_REFINE_GMRES_NOPCOND,
    CUSOLVER_PREC_DD = 1150,
    CUSOLVER_PREC_SS,
    CUSOLVER_PREC_SHT
} cusolverIRSRefinement_t;
typedef enum {
    CUSOLVER_R_8I = 1201,
    CUSOLVER_R_8U,
    CUSOLVER_R_64F,
    CUSOLVER_R_32F,
    CUSOLVER_R_16F,
    CUSOLVER_R_16BF,
    CUSOLVER_R_TF32,
    CUSOLVER_R_AP,
    CUSOLVER_C_8I = 1211,
    CUSOLVER_C_8U,
    CUSOLVER_C_64F,
    CUSOLVER_C_32F,
    CUSOLVER_C_16F,
    CUSOLVER_C_16BF,
    CUSOLVER_C_TF32,
    CUSOLVER_C_AP
} cusolverPrecType_t;
typedef enum { CUSOLVER_ALG_0, CUSOLVER_ALG_1, CUSOLVER_ALG_2 } cusolverAlgMode_t;
typedef enum { CUBLAS_STOREV_COLUMNWISE, CUBLAS_STOREV_ROWWISE } cusolverStorevMode_t;
typedef enum { CUBLAS_DIRECT_FORWARD, CUBLAS_DIRECT_BACKWARD } cusolverDirectMode_t;
typedef enum {
    CUSOLVER_DETERMINISTIC_RESULTS = 1,
    CUSOLVER_ALLOW_NON_DETERMINISTIC_RESULTS
} cusolverDeterministicMode_t;
typedef enum { CUSOLVER_DEFAULT_MATH = 1, CUSOLVER_FP32_EMULATED_BF16X9_MATH } cusolverMathMode_t;
cusolverStatus_t cusolverGetProperty(libraryPropertyType, int *);
cusolverStatus_t cusolverGetVersion(int *);
cusolverStatus_t cusolverDnCreate(cusolverDnHandle_t *);
cusolverStatus_t cusolverDnDestroy(cusolverDnHandle_t);
cusolverStatus_t cusolverDnSetStream(cusolverDnHandle_t, cudaStream_t);
cusolverStatus_t cusolverDnGetStream(cusolverDnHandle_t, cudaStream_t *);
cusolverStatus_t cusolverDnSetDeterministicMode(cusolverDnHandle_t, cusolverDeterministicMode_t);
cusolverStatus_t cusolverDnGetDeterministicMode(cusolverDnHandle_t, cusolverDeterministicMode_t *);
cusolverStatus_t cusolverDnSetMathMode(cusolverDnHandle_t, cusolverMathMode_t);
cusolverStatus_t cusolverDnGetMathMode(cusolverDnHandle_t, cusolverMathMode_t *);
cusolverStatus_t cusolverDnSetEmulationStrategy(cusolverDnHandle_t, cudaEmulationStrategy_t);
cusolverStatus_t cusolverDnGetEmulationStrategy(cusolverDnHandle_t, cudaEmulationStrategy_t *);
cusolverStatus_t cusolverDnSpotrf_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, float *,
                                             int, int *);
cusolverStatus_t cusolverDnDpotrf_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, double *,
                                             int, int *);
cusolverStatus_t cusolverDnCpotrf_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, cuComplex *,
                                             int, int *);
cusolverStatus_t cusolverDnZpotrf_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int,
                                             cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSpotrf(cusolverDnHandle_t, cublasFillMode_t, int, float *, int, float *,
                                  int, int *);
cusolverStatus_t cusolverDnDpotrf(cusolverDnHandle_t, cublasFillMode_t, int, double *, int,
                                  double *, int, int *);
cusolverStatus_t cusolverDnCpotrf(cusolverDnHandle_t, cublasFillMode_t, int, cuComplex *, int,
                                  cuComplex *, int, int *);
cusolverStatus_t cusolverDnZpotrf(cusolverDnHandle_t, cublasFillMode_t, int, cuDoubleComplex *, int,
                                  cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSpotrs(cusolverDnHandle_t, cublasFillMode_t, int, int, const float *,
                                  int, float *, int, int *);
cusolverStatus_t cusolverDnDpotrs(cusolverDnHandle_t, cublasFillMode_t, int, int, const double *,
                                  int, double *, int, int *);
cusolverStatus_t cusolverDnCpotrs(cusolverDnHandle_t, cublasFillMode_t, int, int, const cuComplex *,
                                  int, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZpotrs(cusolverDnHandle_t, cublasFillMode_t, int, int,
                                  const cuDoubleComplex *, int, cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSpotrfBatched(cusolverDnHandle_t, cublasFillMode_t, int, float **, int,
                                         int *, int);
cusolverStatus_t cusolverDnDpotrfBatched(cusolverDnHandle_t, cublasFillMode_t, int, double **, int,
                                         int *, int);
cusolverStatus_t cusolverDnCpotrfBatched(cusolverDnHandle_t, cublasFillMode_t, int, cuComplex **,
                                         int, int *, int);
cusolverStatus_t cusolverDnZpotrfBatched(cusolverDnHandle_t, cublasFillMode_t, int,
                                         cuDoubleComplex **, int, int *, int);
cusolverStatus_t cusolverDnSpotrsBatched(cusolverDnHandle_t, cublasFillMode_t, int, int, float **,
                                         int, float **, int, int *, int);
cusolverStatus_t cusolverDnDpotrsBatched(cusolverDnHandle_t, cublasFillMode_t, int, int, double **,
                                         int, double **, int, int *, int);
cusolverStatus_t cusolverDnCpotrsBatched(cusolverDnHandle_t, cublasFillMode_t, int, int,
                                         cuComplex **, int, cuComplex **, int, int *, int);
cusolverStatus_t cusolverDnZpotrsBatched(cusolverDnHandle_t, cublasFillMode_t, int, int,
                                         cuDoubleComplex **, int, cuDoubleComplex **, int, int *,
                                         int);
cusolverStatus_t cusolverDnSpotri_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, float *,
                                             int, int *);
cusolverStatus_t cusolverDnDpotri_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, double *,
                                             int, int *);
cusolverStatus_t cusolverDnCpotri_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int, cuComplex *,
                                             int, int *);
cusolverStatus_t cusolverDnZpotri_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int,
                                             cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSpotri(cusolverDnHandle_t, cublasFillMode_t, int, float *, int, float *,
                                  int, int *);
cusolverStatus_t cusolverDnDpotri(cusolverDnHandle_t, cublasFillMode_t, int, double *, int,
                                  double *, int, int *);
cusolverStatus_t cusolverDnCpotri(cusolverDnHandle_t, cublasFillMode_t, int, cuComplex *, int,
                                  cuComplex *, int, int *);
cusolverStatus_t cusolverDnZpotri(cusolverDnHandle_t, cublasFillMode_t, int, cuDoubleComplex *, int,
                                  cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnXtrtri_bufferSize(cusolverDnHandle_t, cublasFillMode_t, cublasDiagType_t,
                                             int64_t, cudaDataType, void *, int64_t, size_t *,
                                             size_t *);
cusolverStatus_t cusolverDnXtrtri(cusolverDnHandle_t, cublasFillMode_t, cublasDiagType_t, int64_t,
                                  cudaDataType, void *, int64_t, void *, size_t, void *, size_t,
                                  int *);
cusolverStatus_t cusolverDnSgetrf_bufferSize(cusolverDnHandle_t, int, int, float *, int, int *);
cusolverStatus_t cusolverDnDgetrf_bufferSize(cusolverDnHandle_t, int, int, double *, int, int *);
cusolverStatus_t cusolverDnCgetrf_bufferSize(cusolverDnHandle_t, int, int, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZgetrf_bufferSize(cusolverDnHandle_t, int, int, cuDoubleComplex *, int,
                                             int *);
cusolverStatus_t cusolverDnSgetrf(cusolverDnHandle_t, int, int, float *, int, float *, int *,
                                  int *);
cusolverStatus_t cusolverDnDgetrf(cusolverDnHandle_t, int, int, double *, int, double *, int *,
                                  int *);
cusolverStatus_t cusolverDnCgetrf(cusolverDnHandle_t, int, int, cuComplex *, int, cuComplex *,
                                  int *, int *);
cusolverStatus_t cusolverDnZgetrf(cusolverDnHandle_t, int, int, cuDoubleComplex *, int,
                                  cuDoubleComplex *, int *, int *);
cusolverStatus_t cusolverDnSgetrs(cusolverDnHandle_t, cublasOperation_t, int, int, const float *,
                                  int, const int *, float *, int, int *);
cusolverStatus_t cusolverDnDgetrs(cusolverDnHandle_t, cublasOperation_t, int, int, const double *,
                                  int, const int *, double *, int, int *);
cusolverStatus_t cusolverDnCgetrs(cusolverDnHandle_t, cublasOperation_t, int, int,
                                  const cuComplex *, int, const int *, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZgetrs(cusolverDnHandle_t, cublasOperation_t, int, int,
                                  const cuDoubleComplex *, int, const int *, cuDoubleComplex *, int,
                                  int *);
cusolverStatus_t cusolverDnSgeqrf_bufferSize(cusolverDnHandle_t, int, int, float *, int, int *);
cusolverStatus_t cusolverDnDgeqrf_bufferSize(cusolverDnHandle_t, int, int, double *, int, int *);
cusolverStatus_t cusolverDnCgeqrf_bufferSize(cusolverDnHandle_t, int, int, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZgeqrf_bufferSize(cusolverDnHandle_t, int, int, cuDoubleComplex *, int,
                                             int *);
cusolverStatus_t cusolverDnSgeqrf(cusolverDnHandle_t, int, int, float *, int, float *, float *, int,
                                  int *);
cusolverStatus_t cusolverDnDgeqrf(cusolverDnHandle_t, int, int, double *, int, double *, double *,
                                  int, int *);
cusolverStatus_t cusolverDnCgeqrf(cusolverDnHandle_t, int, int, cuComplex *, int, cuComplex *,
                                  cuComplex *, int, int *);
cusolverStatus_t cusolverDnZgeqrf(cusolverDnHandle_t, int, int, cuDoubleComplex *, int,
                                  cuDoubleComplex *, cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSorgqr_bufferSize(cusolverDnHandle_t, int, int, int, const float *, int,
                                             const float *, int *);
cusolverStatus_t cusolverDnDorgqr_bufferSize(cusolverDnHandle_t, int, int, int, const double *, int,
                                             const double *, int *);
cusolverStatus_t cusolverDnSorgqr(cusolverDnHandle_t, int, int, int, float *, int, const float *,
                                  float *, int, int *);
cusolverStatus_t cusolverDnDorgqr(cusolverDnHandle_t, int, int, int, double *, int, const double *,
                                  double *, int, int *);
cusolverStatus_t cusolverDnSormqr_bufferSize(cusolverDnHandle_t, cublasSideMode_t,
                                             cublasOperation_t, int, int, int, const float *, int,
                                             const float *, const float *, int, int *);
cusolverStatus_t cusolverDnDormqr_bufferSize(cusolverDnHandle_t, cublasSideMode_t,
                                             cublasOperation_t, int, int, int, const double *, int,
                                             const double *, const double *, int, int *);
cusolverStatus_t cusolverDnCunmqr_bufferSize(cusolverDnHandle_t, cublasSideMode_t,
                                             cublasOperation_t, int, int, int, const cuComplex *,
                                             int, const cuComplex *, const cuComplex *, int, int *);
cusolverStatus_t cusolverDnZunmqr_bufferSize(cusolverDnHandle_t, cublasSideMode_t,
                                             cublasOperation_t, int, int, int,
                                             const cuDoubleComplex *, int, const cuDoubleComplex *,
                                             const cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSormqr(cusolverDnHandle_t, cublasSideMode_t, cublasOperation_t, int, int,
                                  int, const float *, int, const float *, float *, int, float *,
                                  int, int *);
cusolverStatus_t cusolverDnDormqr(cusolverDnHandle_t, cublasSideMode_t, cublasOperation_t, int, int,
                                  int, const double *, int, const double *, double *, int, double *,
                                  int, int *);
cusolverStatus_t cusolverDnCunmqr(cusolverDnHandle_t, cublasSideMode_t, cublasOperation_t, int, int,
                                  int, const cuComplex *, int, const cuComplex *, cuComplex *, int,
                                  cuComplex *, int, int *);
cusolverStatus_t cusolverDnZunmqr(cusolverDnHandle_t, cublasSideMode_t, cublasOperation_t, int, int,
                                  int, const cuDoubleComplex *, int, const cuDoubleComplex *,
                                  cuDoubleComplex *, int, cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnXsytrs_bufferSize(cusolverDnHandle_t, cublasFillMode_t, int64_t, int64_t,
                                             cudaDataType, const void *, int64_t, const int64_t *,
                                             cudaDataType, void *, int64_t, size_t *, size_t *);
cusolverStatus_t cusolverDnXsytrs(cusolverDnHandle_t, cublasFillMode_t, int64_t, int64_t,
                                  cudaDataType, const void *, int64_t, const int64_t *,
                                  cudaDataType, void *, int64_t, void *, size_t, void *, size_t,
                                  int *);
cusolverStatus_t cusolverDnSgesvd_bufferSize(cusolverDnHandle_t, int, int, int *);
cusolverStatus_t cusolverDnDgesvd_bufferSize(cusolverDnHandle_t, int, int, int *);
cusolverStatus_t cusolverDnCgesvd_bufferSize(cusolverDnHandle_t, int, int, int *);
cusolverStatus_t cusolverDnZgesvd_bufferSize(cusolverDnHandle_t, int, int, int *);
cusolverStatus_t cusolverDnSgesvd(cusolverDnHandle_t, signed char, signed char, int, int, float *,
                                  int, float *, float *, int, float *, int, float *, int, float *,
                                  int *);
cusolverStatus_t cusolverDnDgesvd(cusolverDnHandle_t, signed char, signed char, int, int, double *,
                                  int, double *, double *, int, double *, int, double *, int,
                                  double *, int *);
cusolverStatus_t cusolverDnCgesvd(cusolverDnHandle_t, signed char, signed char, int, int,
                                  cuComplex *, int, float *, cuComplex *, int, cuComplex *, int,
                                  cuComplex *, int, float *, int *);
cusolverStatus_t cusolverDnZgesvd(cusolverDnHandle_t, signed char, signed char, int, int,
                                  cuDoubleComplex *, int, double *, cuDoubleComplex *, int,
                                  cuDoubleComplex *, int, cuDoubleComplex *, int, double *, int *);
cusolverStatus_t cusolverDnSsyevd_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const float *, int,
                                             const float *, int *);
cusolverStatus_t cusolverDnDsyevd_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const double *, int,
                                             const double *, int *);
cusolverStatus_t cusolverDnCheevd_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const cuComplex *, int,
                                             const float *, int *);
cusolverStatus_t cusolverDnZheevd_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const cuDoubleComplex *, int,
                                             const double *, int *);
cusolverStatus_t cusolverDnSsyevd(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  float *, int, float *, float *, int, int *);
cusolverStatus_t cusolverDnDsyevd(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  double *, int, double *, double *, int, int *);
cusolverStatus_t cusolverDnCheevd(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  cuComplex *, int, float *, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZheevd(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  cuDoubleComplex *, int, double *, cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnSsyevdx_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                              cusolverEigRange_t, cublasFillMode_t, int,
                                              const float *, int, float, float, int, int, int *,
                                              const float *, int *);
cusolverStatus_t cusolverDnDsyevdx_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                              cusolverEigRange_t, cublasFillMode_t, int,
                                              const double *, int, double, double, int, int, int *,
                                              const double *, int *);
cusolverStatus_t cusolverDnCheevdx_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                              cusolverEigRange_t, cublasFillMode_t, int,
                                              const cuComplex *, int, float, float, int, int, int *,
                                              const float *, int *);
cusolverStatus_t cusolverDnZheevdx_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                              cusolverEigRange_t, cublasFillMode_t, int,
                                              const cuDoubleComplex *, int, double, double, int,
                                              int, int *, const double *, int *);
cusolverStatus_t cusolverDnSsyevdx(cusolverDnHandle_t, cusolverEigMode_t, cusolverEigRange_t,
                                   cublasFillMode_t, int, float *, int, float, float, int, int,
                                   int *, float *, float *, int, int *);
cusolverStatus_t cusolverDnDsyevdx(cusolverDnHandle_t, cusolverEigMode_t, cusolverEigRange_t,
                                   cublasFillMode_t, int, double *, int, double, double, int, int,
                                   int *, double *, double *, int, int *);
cusolverStatus_t cusolverDnCheevdx(cusolverDnHandle_t, cusolverEigMode_t, cusolverEigRange_t,
                                   cublasFillMode_t, int, cuComplex *, int, float, float, int, int,
                                   int *, float *, cuComplex *, int, int *);
cusolverStatus_t cusolverDnZheevdx(cusolverDnHandle_t, cusolverEigMode_t, cusolverEigRange_t,
                                   cublasFillMode_t, int, cuDoubleComplex *, int, double, double,
                                   int, int, int *, double *, cuDoubleComplex *, int, int *);
cusolverStatus_t cusolverDnCreateSyevjInfo(syevjInfo_t *);
cusolverStatus_t cusolverDnDestroySyevjInfo(syevjInfo_t);
cusolverStatus_t cusolverDnXsyevjSetTolerance(syevjInfo_t, double);
cusolverStatus_t cusolverDnXsyevjSetMaxSweeps(syevjInfo_t, int);
cusolverStatus_t cusolverDnXsyevjSetSortEig(syevjInfo_t, int);
cusolverStatus_t cusolverDnXsyevjGetResidual(cusolverDnHandle_t, syevjInfo_t, double *);
cusolverStatus_t cusolverDnXsyevjGetSweeps(cusolverDnHandle_t, syevjInfo_t, int *);
cusolverStatus_t cusolverDnSsyevjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                    cublasFillMode_t, int, const float *, int,
                                                    const float *, int *, syevjInfo_t, int);
cusolverStatus_t cusolverDnDsyevjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                    cublasFillMode_t, int, const double *, int,
                                                    const double *, int *, syevjInfo_t, int);
cusolverStatus_t cusolverDnSsyevjBatched(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t,
                                         int, float *, int, float *, float *, int, int *,
                                         syevjInfo_t, int);
cusolverStatus_t cusolverDnDsyevjBatched(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t,
                                         int, double *, int, double *, double *, int, int *,
                                         syevjInfo_t, int);
cusolverStatus_t cusolverDnSsyevj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const float *, int,
                                             const float *, int *, syevjInfo_t);
cusolverStatus_t cusolverDnDsyevj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                             cublasFillMode_t, int, const double *, int,
                                             const double *, int *, syevjInfo_t);
cusolverStatus_t cusolverDnSsyevj(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  float *, int, float *, float *, int, int *, syevjInfo_t);
cusolverStatus_t cusolverDnDsyevj(cusolverDnHandle_t, cusolverEigMode_t, cublasFillMode_t, int,
                                  double *, int, double *, double *, int, int *, syevjInfo_t);
cusolverStatus_t cusolverDnCreateGesvdjInfo(gesvdjInfo_t *);
cusolverStatus_t cusolverDnDestroyGesvdjInfo(gesvdjInfo_t);
cusolverStatus_t cusolverDnXgesvdjSetTolerance(gesvdjInfo_t, double);
cusolverStatus_t cusolverDnXgesvdjSetMaxSweeps(gesvdjInfo_t, int);
cusolverStatus_t cusolverDnXgesvdjSetSortEig(gesvdjInfo_t, int);
cusolverStatus_t cusolverDnXgesvdjGetResidual(cusolverDnHandle_t, gesvdjInfo_t, double *);
cusolverStatus_t cusolverDnXgesvdjGetSweeps(cusolverDnHandle_t, gesvdjInfo_t, int *);
cusolverStatus_t cusolverDnSgesvdjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int,
                                                     int, const float *, int, const float *,
                                                     const float *, int, const float *, int, int *,
                                                     gesvdjInfo_t, int);
cusolverStatus_t cusolverDnDgesvdjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int,
                                                     int, const double *, int, const double *,
                                                     const double *, int, const double *, int,
                                                     int *, gesvdjInfo_t, int);
cusolverStatus_t cusolverDnCgesvdjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int,
                                                     int, const cuComplex *, int, const float *,
                                                     const cuComplex *, int, const cuComplex *, int,
                                                     int *, gesvdjInfo_t, int);
cusolverStatus_t cusolverDnZgesvdjBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int,
                                                     int, const cuDoubleComplex *, int,
                                                     const double *, const cuDoubleComplex *, int,
                                                     const cuDoubleComplex *, int, int *,
                                                     gesvdjInfo_t, int);
cusolverStatus_t cusolverDnSgesvdjBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int, float *,
                                          int, float *, float *, int, float *, int, float *, int,
                                          int *, gesvdjInfo_t, int);
cusolverStatus_t cusolverDnDgesvdjBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int, double *,
                                          int, double *, double *, int, double *, int, double *,
                                          int, int *, gesvdjInfo_t, int);
cusolverStatus_t cusolverDnCgesvdjBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                          cuComplex *, int, float *, cuComplex *, int, cuComplex *,
                                          int, cuComplex *, int, int *, gesvdjInfo_t, int);
cusolverStatus_t cusolverDnZgesvdjBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                          cuDoubleComplex *, int, double *, cuDoubleComplex *, int,
                                          cuDoubleComplex *, int, cuDoubleComplex *, int, int *,
                                          gesvdjInfo_t, int);
cusolverStatus_t cusolverDnSgesvdj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                              const float *, int, const float *, const float *, int,
                                              const float *, int, int *, gesvdjInfo_t);
cusolverStatus_t cusolverDnDgesvdj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                              const double *, int, const double *, const double *,
                                              int, const double *, int, int *, gesvdjInfo_t);
cusolverStatus_t cusolverDnCgesvdj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                              const cuComplex *, int, const float *,
                                              const cuComplex *, int, const cuComplex *, int, int *,
                                              gesvdjInfo_t);
cusolverStatus_t cusolverDnZgesvdj_bufferSize(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                              const cuDoubleComplex *, int, const double *,
                                              const cuDoubleComplex *, int, const cuDoubleComplex *,
                                              int, int *, gesvdjInfo_t);
cusolverStatus_t cusolverDnSgesvdj(cusolverDnHandle_t, cusolverEigMode_t, int, int, int, float *,
                                   int, float *, float *, int, float *, int, float *, int, int *,
                                   gesvdjInfo_t);
cusolverStatus_t cusolverDnDgesvdj(cusolverDnHandle_t, cusolverEigMode_t, int, int, int, double *,
                                   int, double *, double *, int, double *, int, double *, int,
                                   int *, gesvdjInfo_t);
cusolverStatus_t cusolverDnCgesvdj(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                   cuComplex *, int, float *, cuComplex *, int, cuComplex *, int,
                                   cuComplex *, int, int *, gesvdjInfo_t);
cusolverStatus_t cusolverDnZgesvdj(cusolverDnHandle_t, cusolverEigMode_t, int, int, int,
                                   cuDoubleComplex *, int, double *, cuDoubleComplex *, int,
                                   cuDoubleComplex *, int, cuDoubleComplex *, int, int *,
                                   gesvdjInfo_t);
cusolverStatus_t cusolverDnSgesvdaStridedBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                            int, int, int, const float *, int,
                                                            long long, const float *, long long,
                                                            const float *, int, long long,
                                                            const float *, int, long long, int *,
                                                            int);
cusolverStatus_t cusolverDnDgesvdaStridedBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                            int, int, int, const double *, int,
                                                            long long, const double *, long long,
                                                            const double *, int, long long,
                                                            const double *, int, long long, int *,
                                                            int);
cusolverStatus_t cusolverDnCgesvdaStridedBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                            int, int, int, const cuComplex *, int,
                                                            long long, const float *, long long,
                                                            const cuComplex *, int, long long,
                                                            const cuComplex *, int, long long,
                                                            int *, int);
cusolverStatus_t cusolverDnZgesvdaStridedBatched_bufferSize(cusolverDnHandle_t, cusolverEigMode_t,
                                                            int, int, int, const cuDoubleComplex *,
                                                            int, long long, const double *,
                                                            long long, const cuDoubleComplex *, int,
                                                            long long, const cuDoubleComplex *, int,
                                                            long long, int *, int);
cusolverStatus_t cusolverDnSgesvdaStridedBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                                 int, const float *, int, long long, float *,
                                                 long long, float *, int, long long, float *, int,
                                                 long long, float *, int, int *, double *, int);
cusolverStatus_t cusolverDnDgesvdaStridedBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                                 int, const double *, int, long long, double *,
                                                 long long, double *, int, long long, double *, int,
                                                 long long, double *, int, int *, double *, int);
cusolverStatus_t cusolverDnCgesvdaStridedBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                                 int, const cuComplex *, int, long long, float *,
                                                 long long, cuComplex *, int, long long,
                                                 cuComplex *, int, long long, cuComplex *, int,
                                                 int *, double *, int);
cusolverStatus_t cusolverDnZgesvdaStridedBatched(cusolverDnHandle_t, cusolverEigMode_t, int, int,
                                                 int, const cuDoubleComplex *, int, long long,
                                                 double *, long long, cuDoubleComplex *, int,
                                                 long long, cuDoubleComplex *, int, long long,
                                                 cuDoubleComplex *, int, int *, double *, int);
cusolverStatus_t cusolverDnCreateParams(cusolverDnParams_t *);
cusolverStatus_t cusolverDnDestroyParams(cusolverDnParams_t);
cusolverStatus_t cusolverDnSetAdvOptions(cusolverDnParams_t, cusolverDnFunction_t,
                                         cusolverAlgMode_t);
cusolverStatus_t cusolverDnXpotrf_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                             cublasFillMode_t, int64_t, cudaDataType, const void *,
                                             int64_t, cudaDataType, size_t *, size_t *);
cusolverStatus_t cusolverDnXpotrf(cusolverDnHandle_t, cusolverDnParams_t, cublasFillMode_t, int64_t,
                                  cudaDataType, void *, int64_t, cudaDataType, void *, size_t,
                                  void *, size_t, int *);
cusolverStatus_t cusolverDnXpotrs(cusolverDnHandle_t, cusolverDnParams_t, cublasFillMode_t, int64_t,
                                  int64_t, cudaDataType, const void *, int64_t, cudaDataType,
                                  void *, int64_t, int *);
cusolverStatus_t cusolverDnXgeqrf_bufferSize(cusolverDnHandle_t, cusolverDnParams_t, int64_t,
                                             int64_t, cudaDataType, const void *, int64_t,
                                             cudaDataType, const void *, cudaDataType, size_t *,
                                             size_t *);
cusolverStatus_t cusolverDnXgeqrf(cusolverDnHandle_t, cusolverDnParams_t, int64_t, int64_t,
                                  cudaDataType, void *, int64_t, cudaDataType, void *, cudaDataType,
                                  void *, size_t, void *, size_t, int *);
cusolverStatus_t cusolverDnXgetrf_bufferSize(cusolverDnHandle_t, cusolverDnParams_t, int64_t,
                                             int64_t, cudaDataType, const void *, int64_t,
                                             cudaDataType, size_t *, size_t *);
cusolverStatus_t cusolverDnXgetrf(cusolverDnHandle_t, cusolverDnParams_t, int64_t, int64_t,
                                  cudaDataType, void *, int64_t, int64_t *, cudaDataType, void *,
                                  size_t, void *, size_t, int *);
cusolverStatus_t cusolverDnXgetrs(cusolverDnHandle_t, cusolverDnParams_t, cublasOperation_t,
                                  int64_t, int64_t, cudaDataType, const void *, int64_t,
                                  const int64_t *, cudaDataType, void *, int64_t, int *);
cusolverStatus_t cusolverDnXsyevd_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                             cusolverEigMode_t, cublasFillMode_t, int64_t,
                                             cudaDataType, const void *, int64_t, cudaDataType,
                                             const void *, cudaDataType, size_t *, size_t *);
cusolverStatus_t cusolverDnXsyevd(cusolverDnHandle_t, cusolverDnParams_t, cusolverEigMode_t,
                                  cublasFillMode_t, int64_t, cudaDataType, void *, int64_t,
                                  cudaDataType, void *, cudaDataType, void *, size_t, void *,
                                  size_t, int *);
cusolverStatus_t cusolverDnXsyevBatched_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                                   cusolverEigMode_t, cublasFillMode_t, int64_t,
                                                   cudaDataType, const void *, int64_t,
                                                   cudaDataType, const void *, cudaDataType,
                                                   size_t *, size_t *, int64_t);
cusolverStatus_t cusolverDnXsyevBatched(cusolverDnHandle_t, cusolverDnParams_t, cusolverEigMode_t,
                                        cublasFillMode_t, int64_t, cudaDataType, void *, int64_t,
                                        cudaDataType, void *, cudaDataType, void *, size_t, void *,
                                        size_t, int *, int64_t);
cusolverStatus_t cusolverDnXsyevdx_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                              cusolverEigMode_t, cusolverEigRange_t,
                                              cublasFillMode_t, int64_t, cudaDataType, const void *,
                                              int64_t, void *, void *, int64_t, int64_t, int64_t *,
                                              cudaDataType, const void *, cudaDataType, size_t *,
                                              size_t *);
cusolverStatus_t cusolverDnXsyevdx(cusolverDnHandle_t, cusolverDnParams_t, cusolverEigMode_t,
                                   cusolverEigRange_t, cublasFillMode_t, int64_t, cudaDataType,
                                   void *, int64_t, void *, void *, int64_t, int64_t, int64_t *,
                                   cudaDataType, void *, cudaDataType, void *, size_t, void *,
                                   size_t, int *);
cusolverStatus_t cusolverDnXgeev_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                            cusolverEigMode_t, cusolverEigMode_t, int64_t,
                                            cudaDataType, const void *, int64_t, cudaDataType,
                                            const void *, cudaDataType, const void *, int64_t,
                                            cudaDataType, const void *, int64_t, cudaDataType,
                                            size_t *, size_t *);
cusolverStatus_t cusolverDnXgeev(cusolverDnHandle_t, cusolverDnParams_t, cusolverEigMode_t,
                                 cusolverEigMode_t, int64_t, cudaDataType, void *, int64_t,
                                 cudaDataType, void *, cudaDataType, void *, int64_t, cudaDataType,
                                 void *, int64_t, cudaDataType, void *, size_t, void *, size_t,
                                 int *);
cusolverStatus_t cusolverDnXgesvd_bufferSize(cusolverDnHandle_t, cusolverDnParams_t, signed char,
                                             signed char, int64_t, int64_t, cudaDataType,
                                             const void *, int64_t, cudaDataType, const void *,
                                             cudaDataType, const void *, int64_t, cudaDataType,
                                             const void *, int64_t, cudaDataType, size_t *,
                                             size_t *);
cusolverStatus_t cusolverDnXgesvd(cusolverDnHandle_t, cusolverDnParams_t, signed char, signed char,
                                  int64_t, int64_t, cudaDataType, void *, int64_t, cudaDataType,
                                  void *, cudaDataType, void *, int64_t, cudaDataType, void *,
                                  int64_t, cudaDataType, void *, size_t, void *, size_t, int *);
cusolverStatus_t cusolverDnXgesvdp_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                              cusolverEigMode_t, int, int64_t, int64_t,
                                              cudaDataType, const void *, int64_t, cudaDataType,
                                              const void *, cudaDataType, const void *, int64_t,
                                              cudaDataType, const void *, int64_t, cudaDataType,
                                              size_t *, size_t *);
cusolverStatus_t cusolverDnXgesvdp(cusolverDnHandle_t, cusolverDnParams_t, cusolverEigMode_t, int,
                                   int64_t, int64_t, cudaDataType, void *, int64_t, cudaDataType,
                                   void *, cudaDataType, void *, int64_t, cudaDataType, void *,
                                   int64_t, cudaDataType, void *, size_t, void *, size_t, int *,
                                   double *);
cusolverStatus_t cusolverDnXgesvdr_bufferSize(cusolverDnHandle_t, cusolverDnParams_t, signed char,
                                              signed char, int64_t, int64_t, int64_t, int64_t,
                                              int64_t, cudaDataType, const void *, int64_t,
                                              cudaDataType, const void *, cudaDataType,
                                              const void *, int64_t, cudaDataType, const void *,
                                              int64_t, cudaDataType, size_t *, size_t *);
cusolverStatus_t cusolverDnXgesvdr(cusolverDnHandle_t, cusolverDnParams_t, signed char, signed char,
                                   int64_t, int64_t, int64_t, int64_t, int64_t, cudaDataType,
                                   void *, int64_t, cudaDataType, void *, cudaDataType, void *,
                                   int64_t, cudaDataType, void *, int64_t, cudaDataType, void *,
                                   size_t, void *, size_t, int *);
cusolverStatus_t cusolverDnXlarft_bufferSize(cusolverDnHandle_t, cusolverDnParams_t,
                                             cusolverDirectMode_t, cusolverStorevMode_t, int64_t,
                                             int64_t, cudaDataType, const void *, int64_t,
                                             cudaDataType, const void *, cudaDataType, void *,
                                             int64_t, cudaDataType, size_t *, size_t *);
cusolverStatus_t cusolverDnXlarft(cusolverDnHandle_t, cusolverDnParams_t, cusolverDirectMode_t,
                                  cusolverStorevMode_t, int64_t, int64_t, cudaDataType,
                                  const void *, int64_t, cudaDataType, const void *, cudaDataType,
                                  void *, int64_t, cudaDataType, void *, size_t, void *, size_t);
typedef void (*cusolverDnLoggerCallback_t)(int, const char *, const char *);
#ifdef __cplusplus
}
#endif

#endif
