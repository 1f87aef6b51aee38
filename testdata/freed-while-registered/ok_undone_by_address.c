/* A function of the file unregisters what it is given: that may be what a member holds. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct channel {
    char *ring;
};

int channel_open(struct channel *c)
{
    c->ring = malloc(4096);
    return c->ring && cudaHostRegister(c->ring, 4096, 0) == cudaSuccess ? 0 : -1;
}

char *channel_memory(struct channel *c)
{
    return c->ring;
}

void unpin(void *memory)
{
    if (cudaHostUnregister(memory) != cudaSuccess)
        abort();
}

void channel_close(struct channel *c)
{
    free(c->ring);
}
