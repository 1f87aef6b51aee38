/* Part of cublas_v2.h here. */
#include <cublas_v2.h>
