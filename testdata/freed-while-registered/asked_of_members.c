/* What a function asks of an object's members was stored there by another one, a moment ago: the
 * answer is known, and no flag that code out of sight may have changed. */
#include "../run_case.h"

#include <cuda_runtime_api.h>
#include <stdlib.h>

struct buffer {
    char *data;
    size_t bytes;
    int is_plain, is_registered;
};

static int buffer_init(struct buffer *b, size_t bytes)
{
    b->bytes = bytes;
    b->is_plain = 0;
    b->is_registered = 0;
    b->data = malloc(bytes);
    return b->data ? 0 : -1;
}

static int buffer_pin(struct buffer *b)
{
    if (b->bytes == 0 || b->bytes > 1048576)
        return -1;
    if (!b->is_plain && cudaHostRegister(b->data, b->bytes, 0) != cudaSuccess)
        return -1;
    b->is_registered = 1;
    return 0;
}

static void buffer_unpin(struct buffer *b)
{
    if (b->bytes < 4096)
        return;
    if (b->is_registered && cudaHostUnregister(b->data) != cudaSuccess)
        abort();
    b->is_registered = 0;
}

static void buffer_free(struct buffer *b)
{
    free(b->data); // expect: freed-while-registered
    b->data = NULL;
}

static void buffer_end(struct buffer *b)
{
    free(b->data);
    b->data = NULL;
}

static void freed_at_once(void)
{
    struct buffer b;
    if (buffer_init(&b, 65536))
        return;
    if (buffer_pin(&b)) {
        buffer_end(&b);
        return;
    }
    buffer_free(&b);
}

static void unregistered_first(void)
{
    struct buffer b;
    if (buffer_init(&b, 65536))
        return;
    if (buffer_pin(&b)) {
        buffer_end(&b);
        return;
    }
    buffer_unpin(&b);
    buffer_end(&b);
}

static const struct run_case cases[] = {
    CASE(freed_at_once),
    CASE(unregistered_first),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
