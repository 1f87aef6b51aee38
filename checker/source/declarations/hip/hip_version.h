/* Part of hip_runtime_api.h here. */
#include <hip/hip_runtime_api.h>
