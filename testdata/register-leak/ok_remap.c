/* Right: an older registration is undone before the memory is registered anew. That says nothing
 * of a duty to undo the new one: it stays, as the older one did. */
#include "../unseen.h"

#include <cuda.h>

static int remap(void *block, size_t size)
{
    int healthy = unseen_choice();

    if (size == 0)
        return -1;
    if (healthy && cuMemHostUnregister(block) != CUDA_SUCCESS)
        return -2;
    if (unseen_choice())
        return -3;
    if (healthy && cuMemHostRegister(block, size, 0) != CUDA_SUCCESS)
        return -4;
    return 0;
}

int main(void)
{
    return remap(unseen_get(4096), 4096) < 0;
}
