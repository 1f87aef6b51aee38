/* As in CUDA. */
#include <math_constants.h>
