/* A flag and a pointer that turns of a loop set together, asked one after the other. */
#include <cuda_runtime.h>
#include <stdlib.h>
#include <string.h>

struct buffer {
    char *data;
    size_t size;
    int is_pinned;
};

static int grow(struct buffer *buffer, size_t size)
{
    char *data = malloc(size);
    if (data == NULL)
        return -1;
    int is_pinned = cudaHostRegister(data, size, 0) == cudaSuccess;
    if (buffer->data)
        memcpy(data, buffer->data, buffer->size);
    if (buffer->is_pinned)
        (void)cudaHostUnregister(buffer->data);
    free(buffer->data);
    buffer->data = data;
    buffer->size = size;
    buffer->is_pinned = is_pinned;
    return 0;
}

int grows(void)
{
    struct buffer buffer = {0};
    for (size_t size = 4096; size < 1 << 20; size *= 2)
        if (grow(&buffer, size) != 0)
            break;
    if (buffer.is_pinned)
        (void)cudaHostUnregister(buffer.data);
    free(buffer.data);
    return 0;
}

/* No flag says so. */
int emptied(int turns)
{
    char *data = NULL;
    for (int i = 0; i < turns; i++) {
        free(data);
        data = malloc(4096);
        if (data == NULL)
            return -1;
    }
    free(data);
    data = NULL;
    return cudaHostUnregister(data) == cudaSuccess; // expect: unregister-unregistered
}

struct counted {
    char *data;
    unsigned users;
};

static void leave(struct counted *counted)
{
    if (--counted->users > 0)
        return;
    (void)cudaHostUnregister(counted->data);
}

/* The last one undoes it, after any number of turns. */
void all_leave(struct counted *counted)
{
    while (counted->users > 0)
        leave(counted);
    free(counted->data);
}

/* Whoever leaves. */
void each_leaves(struct counted *counted)
{
    while (counted->users > 0) {
        counted->users--;
        (void)cudaHostUnregister(counted->data); // expect: unregister-unregistered
    }
}
