/* CUDA's way to EGL: its types. */
#ifndef CUDAEGL_H
#define CUDAEGL_H

#include "cuda.h"

typedef struct CUeglStreamConnection_st *CUeglStreamConnection;

#endif
