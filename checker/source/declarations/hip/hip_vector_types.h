/* As in CUDA. */
#include <vector_functions.h>
