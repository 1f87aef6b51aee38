/* What no path came to, because who calls it has too many, is walked for itself. */
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

/* Nobody comes to this on a path of select_device's. */
static int pin_table(void)
{
    char *table = malloc(8192);
    if (!table)
        return -1;
    if (cudaHostRegister(table, 8192, 0) != cudaSuccess) {
        free(table);
        return -1;
    }
    driver->copy(NULL, NULL, 8192);
    free(table); /* expect: freed-while-registered */
    return 0;
}

static int pin_and_unpin(void)
{
    char *table = malloc(8192);
    if (!table)
        return -1;
    if (cudaHostRegister(table, 8192, 0) != cudaSuccess) {
        free(table);
        return -1;
    }
    driver->copy(NULL, NULL, 8192);
    if (cudaHostUnregister(table) != cudaSuccess)
        abort();
    free(table);
    return 0;
}

/* Who calls it asks for the last error. */
static void pin_quietly(char *table)
{
    cudaHostRegister(table, 8192, 0);
    driver->copy(table, NULL, 8192);
    cudaHostUnregister(table);
}

int select_device(char *table)
{
    if (all(0) + all(1) + all(2) > 3) {
        if (pin_table() || pin_and_unpin())
            return -1;
        pin_quietly(table);
    }
    return cudaGetLastError() == cudaSuccess ? 0 : -1;
}
