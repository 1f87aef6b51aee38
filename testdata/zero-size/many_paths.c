/* More paths than the walk has steps for: the early ones are met all the same. */
#include <cuda_runtime.h>

#include <stdlib.h>

static char arena[65536];

static int each(const size_t *sizes)
{
    for (int i = 0; i < 3; i++) {
        char *p = malloc(8192);
        if (!p)
            return 1;
        if (cudaHostRegister(p, sizes[i], 0) != cudaSuccess) { // expect: zero-size
            free(p);
            return 1;
        }
        if (cudaHostUnregister(p) != cudaSuccess)
            return 2;
        free(p);
    }
    return 0;
}

static int first(void)
{
    size_t sizes[3] = {4096, 0, 8192};
    return each(sizes);
}

static int later(void)
{
    size_t sizes[3] = {4096, 100, 8192};
    return each(sizes);
}

static int in_parts(void)
{
    for (int i = 0; i < 4; i++)
        if (cudaHostRegister(arena + 4096 * i, 4096, 0) != cudaSuccess)
            return 1;
    for (int i = 0; i < 4; i++)
        if (cudaHostUnregister(arena + 4096 * i) != cudaSuccess)
            return 2;
    return 0;
}

int main(void)
{
    return first() + 3 * later() + 9 * in_parts() + 27 * later() + 81 * later() + 243 * later();
}
