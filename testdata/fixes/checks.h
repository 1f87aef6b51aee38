/* How a project checks its calls, from a header. */
#ifndef TESTDATA_FIXES_CHECKS_H
#define TESTDATA_FIXES_CHECKS_H

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#define HEADER_CHECK(call)                                                                         \
    do {                                                                                           \
        const cudaError_t header_status = (call);                                                  \
        if (header_status != cudaSuccess) {                                                        \
            std::fprintf(stderr, "%s\n", cudaGetErrorString(header_status));                       \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)

#endif
