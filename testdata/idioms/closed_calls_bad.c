// A member that the program never stores any other function in: nothing of the file undoes what
// another function registered.
#include <cuda_runtime.h>
#include <stdlib.h>

struct buffer;
struct table {
    void (*drop)(struct buffer *);
};
struct buffer {
    void *data;
    void *samples;
    const struct table *table;
    void (*destroy)(void *);
};

static void drop(struct buffer *buffer)
{
    free(buffer->data); // expect: freed-while-registered
    buffer->data = NULL;
}

static void destroy(void *samples)
{
    free(samples); // expect: freed-while-registered
}

static const struct table only = {drop};

int buffer_open(struct buffer *buffer)
{
    buffer->table = &only;
    buffer->destroy = destroy;
    buffer->data = malloc(8192);
    buffer->samples = malloc(8192);
    return buffer->data && buffer->samples;
}

int buffer_pin(struct buffer *buffer)
{
    return cudaHostRegister(buffer->data, 8192, 0) == cudaSuccess &&
           cudaHostRegister(buffer->samples, 8192, 0) == cudaSuccess;
}

void buffer_close(struct buffer *buffer)
{
    buffer->table->drop(buffer);
    buffer->destroy(buffer->samples);
}
