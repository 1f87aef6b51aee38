/* As in CUDA. */
#include <cooperative_groups.h>
