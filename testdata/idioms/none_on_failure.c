/* A call that failed has given no pointer: what asks for the pointer later takes the other way. */
#include <cuda_runtime.h>
#include <stdlib.h>

enum { BYTES = 8192 };

struct mirror {
    void *host;
    float *device;
};

static int mirror_open(struct mirror *m)
{
    m->device = NULL;
    m->host = malloc(BYTES);
    if (!m->host)
        return -1;
    if (cudaHostRegister(m->host, BYTES, cudaHostRegisterMapped) != cudaSuccess) {
        free(m->host);
        return -1;
    }
    if (cudaHostGetDevicePointer((void **)&m->device, m->host, 0) != cudaSuccess)
        (void)cudaHostUnregister(m->host);
    return 0;
}

static void mirror_close(struct mirror *m)
{
    if (m->device)
        (void)cudaHostUnregister(m->host);
    free(m->host);
}

int mirrors(void)
{
    struct mirror m;
    if (mirror_open(&m) < 0)
        return 1;
    mirror_close(&m);
    return 0;
}

static int copy_open(struct mirror *m)
{
    m->device = NULL;
    m->host = malloc(BYTES);
    if (!m->host)
        return -1;
    if (cudaHostRegister(m->host, BYTES, 0) != cudaSuccess) {
        free(m->host);
        return -1;
    }
    if (cudaMalloc((void **)&m->device, BYTES) != cudaSuccess)
        (void)cudaHostUnregister(m->host);
    return 0;
}

static void copy_close(struct mirror *m)
{
    if (m->device) {
        (void)cudaFree(m->device);
        (void)cudaHostUnregister(m->host);
    }
    free(m->host);
}

int copies(void)
{
    struct mirror m;
    if (copy_open(&m) < 0)
        return 1;
    copy_close(&m);
    return 0;
}

static void careless_close(struct mirror *m)
{
    if (m->device)
        (void)cudaFree(m->device);
    (void)cudaHostUnregister(m->host); // expect: unregister-unregistered
    free(m->host);
}

int careless_copies(void)
{
    struct mirror m;
    if (copy_open(&m) < 0)
        return 1;
    careless_close(&m);
    return 0;
}

/* The pointer is there where the call succeeded. */
static void hasty_close(struct mirror *m)
{
    if (m->device)
        (void)cudaFree(m->device);
    free(m->host); // expect: freed-while-registered
}

int hasty_copies(void)
{
    struct mirror m;
    if (copy_open(&m) < 0)
        return 1;
    hasty_close(&m);
    return 0;
}
