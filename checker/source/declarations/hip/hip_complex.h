/* As in CUDA. */
#include <cuComplex.h>
