/* More paths than any budget is enough for: a leak that one of the walked ones shows stands all the same. */
#include <cuda_runtime.h>
#include <stdlib.h>
#include <string.h>

struct held;
struct way {
    const char *name;
    int (*probe)(void);
    int (*take)(struct held *held, size_t bytes);
    void (*put)(struct held *held);
};
struct held {
    const struct way *way;
    void *block;
};

static int has_device(void)
{
    int count = 0;
    return cudaGetDeviceCount(&count) == cudaSuccess && count > 0;
}

static int take_registered(struct held *held, size_t bytes)
{
    held->block = malloc(bytes);
    if (!held->block || bytes == 0)
        return -1;
    if (cudaHostRegister(held->block, bytes, 0) != cudaSuccess) { /* expect: register-leak */
        free(held->block);
        return -1;
    }
    return 0;
}

static void put_registered(struct held *held)
{
    (void)cudaHostUnregister(held->block);
    free(held->block);
}

static int take_plain(struct held *held, size_t bytes)
{
    held->block = malloc(bytes);
    return held->block ? 0 : -1;
}

static void put_plain(struct held *held)
{
    free(held->block);
}

static const struct way ways[] = {
    {"registered", has_device, take_registered, put_registered},
    {"plain", has_device, take_plain, put_plain},
};

static int take(struct held *held, size_t bytes, const char *name)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(name, ways[i].name) == 0 && ways[i].probe()) {
            held->way = &ways[i];
            return ways[i].take(held, bytes);
        }
    return -1;
}

static int echo(size_t bytes, const char *name)
{
    struct held in, out;
    if (take(&in, bytes, name) < 0)
        return -1;
    if (take(&out, bytes, name) < 0) {
        in.way->put(&in);
        return -1;
    }
    memset(in.block, 1, bytes);
    if (cudaMemcpy(out.block, in.block, bytes, cudaMemcpyHostToHost) != cudaSuccess) {
        in.way->put(&in);
        return -1;
    }
    out.way->put(&out);
    in.way->put(&in);
    return 0;
}

int sizes(const char *name)
{
    for (size_t bytes = 4096; bytes <= (size_t)1 << 24; bytes <<= 1)
        if (echo(bytes, name))
            return 1;
    return 0;
}
