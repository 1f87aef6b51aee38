/* What a member or a static holds, the functions that set it say: those that use it are not the
 * ones that allocate. Nobody else can name a type of this file, or a static. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct staging {
    char *host;
    float *device;
    size_t bytes;
    int is_ready;
};

int staging_init(struct staging *s, size_t bytes)
{
    s->bytes = bytes;
    s->is_ready = 0;
    if (bytes == 0 || cudaMallocHost((void **)&s->host, bytes) != cudaSuccess)
        return -1;
    if (cudaMalloc((void **)&s->device, bytes) != cudaSuccess)
        return -1;
    s->is_ready = 1;
    return 0;
}

int staging_pin(struct staging *s)
{
    return s->bytes && cudaHostRegister(s->host, 4096, 0) == cudaSuccess ? 0 : -1;
}

int staging_pin_at_once(struct staging *s)
{
    return cudaHostRegister(s->host, 4096, 0) == cudaSuccess ? 0 : -1; // expect: already-pinned
}

int staging_pin_device(struct staging *s)
{
    return cudaHostRegister(s->device, 4096, 0) == cudaSuccess ? 0 : -1; // expect: not-host-memory
}

int staging_unpin(struct staging *s)
{
    return cudaHostUnregister(s->host) == cudaSuccess ? 0 : -1; // expect: unregister-unregistered
}

void staging_destroy(struct staging *s)
{
    if (s->is_ready) {
        (void)cudaFree(s->device);
        free(s->host); // expect: mismatched-free
    }
}

/* ---- statics ---- */

static float *table;
static int *counts = NULL;

int table_init(size_t bytes)
{
    counts = malloc(bytes);
    return cudaHostAlloc((void **)&table, bytes, cudaHostAllocDefault) == cudaSuccess ? 0 : -1;
}

int table_end(void)
{
    free(table);                                         // expect: mismatched-free
    return cudaFreeHost(counts) == cudaSuccess ? 0 : -1; // expect: mismatched-free
}

/* ---- set by a function that only allocates ---- */

struct text {
    char *words;
};

int text_init(struct text *t)
{
    char *words = malloc(4096);
    if (!words)
        return -1;
    t->words = words;
    return 0;
}

int text_end(struct text *t)
{
    return cudaFreeHost(t->words) == cudaSuccess ? 0 : -1; // expect: mismatched-free
}

/* ---- arrays of pointers, a helper that frees ---- */

enum { SLOTS = 4 };

struct ring {
    char *slots[SLOTS];
};

static struct ring rings[2] = {{.slots = {NULL}}};

static void drop(void *p)
{
    free(p); // expect: mismatched-free
}

int ring_init(struct ring *r)
{
    for (int i = 0; i < SLOTS; i++)
        if (cudaMallocHost((void **)&r->slots[i], 4096) != cudaSuccess)
            return -1;
    return 0;
}

void ring_end(struct ring *r)
{
    for (int i = 0; i < SLOTS; i++)
        drop(r->slots[i]);
}

void rings_end(void)
{
    ring_end(&rings[0]);
    ring_end(&rings[1]);
}
