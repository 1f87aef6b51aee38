/* A size given for a member that exceeds the whole object. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct packet {
    int kind;
    char payload[1024];
};

static struct packet fixed;

static int too_large(void)
{
    if (cudaHostRegister(fixed.payload, 4096, 0) != cudaSuccess) // expect: size-mismatch
        return 1;
    return cudaHostUnregister(fixed.payload) != cudaSuccess;
}

static int too_large_on_the_heap(void)
{
    struct packet *one = malloc(sizeof *one);
    if (!one)
        return 1;
    if (cudaHostRegister(one->payload, 4096, 0) != cudaSuccess) { // expect: size-mismatch
        free(one);
        return 1;
    }
    (void)cudaHostUnregister(one->payload);
    free(one);
    return 0;
}

static int the_payloads_of_all(void)
{
    struct packet *all = calloc(8, sizeof *all);
    if (!all)
        return 1;
    if (cudaHostRegister(all->payload, 4096, 0) != cudaSuccess) {
        free(all);
        return 1;
    }
    (void)cudaHostUnregister(all->payload);
    free(all);
    return 0;
}

struct columns {
    float x[1024];
    float y[1024];
    int id[1024];
};

/* All are of one size, so that the object is as large as so many of the first. */
static int each_column(void)
{
    struct columns *all = malloc(sizeof *all);
    if (!all)
        return 1;
    int failed = cudaHostRegister(all->x, sizeof all->x, 0) != cudaSuccess;
    if (!failed)
        failed = cudaHostUnregister(all->x) != cudaSuccess;
    free(all);
    return failed;
}

int main(void)
{
    return each_column() + too_large() + too_large_on_the_heap() + the_payloads_of_all();
}
