/* No path comes to the end of what calls this: what was thrown away on the way stays thrown away, unless something
 * ahead asks for the last error. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct driver {
    void (*copy)(void *to, const void *from, size_t bytes);
};
extern const struct driver *driver;
extern int level(int of);
extern int total;

static int leaf(int of)
{
    int sum = 0;
    if (level(of))
        sum += level(of + 1);
    if (level(of + 2))
        sum += level(of + 3);
    total = sum;
    return sum;
}

#define OFTEN(name, below) \
    static int name(int of) \
    { \
        if (below(of) > below(of + 1)) \
            total++; \
        return below(of + 2) + below(of + 3) + below(of + 4) + level(of); \
    }

OFTEN(some, leaf)
OFTEN(several, some)
OFTEN(many, several)
OFTEN(hundreds, many)
OFTEN(lots, hundreds)
OFTEN(heaps, lots)
OFTEN(most, heaps)
OFTEN(all, most)

static void measure(void *device, size_t bytes)
{
    char *block = malloc(bytes + 4096);
    if (!block)
        abort();
    cudaHostRegister(block, bytes + 4096, 0); /* expect: unchecked-call */
    driver->copy(device, block, bytes);
    (void)cudaHostUnregister(block);
    free(block);
}

int calibrate(void *device, size_t bytes)
{
    measure(device, bytes);
    return all(0) + all(1);
}

static void measure_checked(void *device, size_t bytes)
{
    char *block = malloc(bytes + 4096);
    if (!block)
        abort();
    cudaHostRegister(block, bytes + 4096, 0);
    driver->copy(device, block, bytes);
    (void)cudaHostUnregister(block);
    free(block);
}

int calibrate_checked(void *device, size_t bytes)
{
    measure_checked(device, bytes);
    const int sum = all(0) + all(1);
    return cudaGetLastError() == cudaSuccess ? sum : -1;
}
