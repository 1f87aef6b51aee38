/* What of a function is not in the tree says nothing of the paths that pass it by. */
#include "missing/host_info.h"

#include <cuda.h>

#define HOST_NAME (host_info.name)

int host_log(const char *text, const char *host, void *block);

static int unpin(void *block)
{
    if (cuMemHostUnregister(block) != CUDA_SUCCESS) {
        host_log("unpin failed", HOST_NAME, block);
        return -1;
    }
    return cuMemHostUnregister(block) == CUDA_SUCCESS; /* expect: unregister-unregistered */
}

static int pin_again(void *block)
{
    if (cuMemHostUnregister(block) != CUDA_SUCCESS)
        return -1;
    host_log("pinned again", HOST_NAME, block);
    return cuMemHostUnregister(block) == CUDA_SUCCESS;
}

static int unpin_once(void *block)
{
    PIN_AGAIN_IF(block, cuMemHostUnregister(block) != CUDA_SUCCESS);
    return cuMemHostUnregister(block) == CUDA_SUCCESS;
}

int end(void *a, void *b, void *c)
{
    return unpin(a) + pin_again(b) + unpin_once(c);
}
