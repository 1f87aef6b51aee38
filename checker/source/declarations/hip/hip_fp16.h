/* As in CUDA. */
#include <cuda_fp16.h>
