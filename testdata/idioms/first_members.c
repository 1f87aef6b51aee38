/* Structures that begin with the structure they extend: one object, seen as each of them. */
#include <cuda.h>
#include <stdlib.h>

struct object {
    int users;
};

struct buffer {
    struct object base;
    void *memory;
    size_t size;
};

struct pinned_buffer {
    struct buffer base;
    int is_pinned;
};

static int buffer_init(struct object *object, size_t size)
{
    struct buffer *buffer = (struct buffer *)object;
    object->users = 1;
    buffer->memory = malloc(size);
    buffer->size = size;
    return buffer->memory ? 0 : -1;
}

static int pinned_init(struct object *object, size_t size)
{
    struct pinned_buffer *pinned = (struct pinned_buffer *)object;
    if (buffer_init(object, size))
        return -1;
    pinned->is_pinned = cuMemHostRegister(pinned->base.memory, size, 0) == CUDA_SUCCESS;
    return 0;
}

static void buffer_fini(struct object *object)
{
    free(((struct buffer *)object)->memory); /* expect: freed-while-registered */
}

static void pinned_fini(struct object *object)
{
    struct pinned_buffer *pinned = (struct pinned_buffer *)object;
    if (pinned->is_pinned)
        (void)cuMemHostUnregister(pinned->base.memory);
    free(pinned->base.memory);
}

int right(size_t object_size)
{
    struct object *object = calloc(1, object_size);
    if (!object)
        return -1;
    int result = pinned_init(object, 4096);
    if (result == 0)
        pinned_fini(object);
    free(object);
    return result;
}

int of_the_other_class(void)
{
    struct pinned_buffer *pinned = calloc(1, sizeof *pinned);
    if (!pinned)
        return -1;
    int result = pinned_init((struct object *)pinned, 4096);
    if (result == 0)
        buffer_fini(&pinned->base.base);
    free(pinned);
    return result;
}
