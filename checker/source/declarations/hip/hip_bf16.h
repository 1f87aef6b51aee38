/* As in CUDA. */
#include <cuda_bf16.h>
