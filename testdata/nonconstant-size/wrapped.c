/* Guards in callers and callees, in C, with both APIs. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != 0) {                                                                         \
            fprintf(stderr, "failed at line %d\n", __LINE__);                                      \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

struct buffer {
    void *data;
    size_t size;
    unsigned int flags;
};

void driver_parameter(struct buffer *buffer)
{
    CHECK(cuMemHostRegister(buffer->data, buffer->size, CU_MEMHOSTREGISTER_PORTABLE)); /* expect: nonconstant-size */
}

/* The test looks at another field. */
void wrong_field(struct buffer *buffer)
{
    if (buffer->flags == 0)
        return;
    CHECK(cudaHostRegister(buffer->data, buffer->size, cudaHostRegisterDefault)); /* expect: nonconstant-size */
}

/* The size changed after the test. */
void changed_after_the_test(struct buffer *buffer)
{
    if (buffer->size == 0)
        return;
    buffer->size = unseen_size();
    CHECK(cudaHostRegister(buffer->data, buffer->size, cudaHostRegisterDefault)); /* expect: nonconstant-size */
}

/* Right: the guard is in a function. */
static bool is_usable(const struct buffer *buffer)
{
    return buffer->data != NULL && buffer->size > 0;
}

void guarded_by_a_function(struct buffer *buffer)
{
    if (!is_usable(buffer))
        return;
    CHECK(cudaHostRegister(buffer->data, buffer->size, cudaHostRegisterDefault));
}

/* Right: a static helper whose callers all rule out 0. */
static void pin(void *data, size_t size)
{
    CHECK(cudaHostRegister(data, size, cudaHostRegisterDefault));
}

void pins_a_constant(char *data)
{
    pin(data, 4096);
}

void pins_what_is_there(char *data, size_t size)
{
    if (size != 0)
        pin(data, size);
}

/* A static helper with one caller that does not. */
static void pin_carelessly(void *data, size_t size)
{
    CHECK(cudaHostRegister(data, size, cudaHostRegisterDefault)); /* expect: nonconstant-size */
}

void careless_caller(char *data, size_t size)
{
    pin_carelessly(data, size);
}

void careful_caller(char *data)
{
    pin_carelessly(data, 64);
}

/* Right: a size function that never gives 0. */
static size_t padded(size_t size)
{
    return size + 64;
}

void padded_size(char *data, unsigned short size)
{
    CHECK(cudaHostRegister(data, padded(size), cudaHostRegisterDefault));
}

/* Right: goto for the empty case. */
int leaves_by_goto(struct buffer *buffer)
{
    int result = -1;

    if (buffer->size == 0)
        goto done;
    if (cudaHostRegister(buffer->data, buffer->size, 0) != cudaSuccess)
        goto done;
    result = 0;
done:
    return result;
}

/* Right: a while loop that only runs while something is left. */
void in_parts(char *data, size_t left)
{
    const size_t step = 1u << 20;

    while (left) {
        size_t part = left > step ? step : left;

        CHECK(cudaHostRegister(data, part, cudaHostRegisterDefault));
        data += part;
        left -= part;
    }
}

/* Right: the switch has no way in for 0. */
void by_switch(char *data, size_t size)
{
    switch (size) {
    case 0:
        return;
    case 64:
        CHECK(cudaHostRegister(data, size, cudaHostRegisterDefault));
        break;
    default:
        CHECK(cudaHostRegister(data, size, cudaHostRegisterPortable));
        break;
    }
}
