/* Part of cub/cub.cuh. */
#include <cub/cub.cuh>
