/* Code out of sight runs between two register calls. It is given nothing of the object, and what is
 * asked of that afterwards has the answer that it had before: no choice is made by it. */
#include <cuda_runtime_api.h>
#include <stdlib.h>

struct buffer {
    char *data;
    size_t bytes;
    int is_registered;
};

void trace(const char *what);

static int buffer_init(struct buffer *b, size_t bytes)
{
    b->bytes = bytes;
    b->is_registered = 0;
    b->data = malloc(bytes);
    return b->data ? 0 : -1;
}

static int buffer_pin(struct buffer *b)
{
    if (b->bytes == 0 || b->bytes > 1048576)
        return -1;
    if (cudaHostRegister(b->data, b->bytes, 0) != cudaSuccess) // expect: double-register
        return -1;
    b->is_registered = 1;
    return 0;
}

static int buffer_pin_once(struct buffer *b)
{
    if (b->is_registered)
        return 0;
    if (cudaHostRegister(b->data, b->bytes, 0) != cudaSuccess)
        return -1;
    b->is_registered = 1;
    return 0;
}

int pin_twice(struct buffer *b)
{
    if (buffer_init(b, 65536))
        return -1;
    if (buffer_pin(b))
        return -1;
    trace("pinned");
    return buffer_pin(b);
}

int pin_once(struct buffer *b)
{
    if (buffer_init(b, 65536))
        return -1;
    if (buffer_pin_once(b))
        return -1;
    trace("pinned");
    return buffer_pin_once(b);
}

/* What a static holds by then, its own registration may be of. */
static struct buffer shared;

static void buffer_end(struct buffer *b)
{
    (void)cudaHostUnregister(b->data);
    free(b->data);
}

int pin_shared(void)
{
    if (buffer_init(&shared, 65536))
        return -1;
    if (buffer_pin_once(&shared))
        return -1;
    trace("pinned");
    shared.is_registered = 0;
    if (buffer_pin_once(&shared)) {
        buffer_end(&shared);
        return -1;
    }
    return 0;
}
