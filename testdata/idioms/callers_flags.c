// What a path has noted in an object of the caller's about its blocks goes with them: code out of
// sight that was not given the object does not turn it behind their back.
#include <cuda_runtime.h>
#include <stdbool.h>
#include <stdlib.h>

enum { HAS_MEMORY = 4, IS_PINNED = 8 };

struct channel {
    void *block;
    cudaError_t status;
    unsigned flags;
    int error;
    unsigned is_heap : 1, is_pinned : 1;
};

void trace(const char *what);
bool is_late(void);

static bool pin(void *block, size_t bytes)
{
    return cudaHostRegister(block, bytes, 0) == cudaSuccess;
}

static int number_of(cudaError_t status)
{
    switch (status) {
    case cudaSuccess:
        return 0;
    case cudaErrorHostMemoryAlreadyRegistered:
        return -17;
    default:
        return -5;
    }
}

int by_status(struct channel *to)
{
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    to->status = cudaHostRegister(to->block, 4096, 0);
    trace("made");
    if (to->status == cudaSuccess)
        (void)cudaHostUnregister(to->block);
    free(to->block);
    return 0;
}

int by_one_bit(struct channel *to)
{
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    to->is_pinned = pin(to->block, 4096);
    if (is_late())
        goto out;
    trace("made");
out:
    if (to->is_pinned)
        (void)cudaHostUnregister(to->block);
    free(to->block);
    return 0;
}

static void drop(struct channel *channel)
{
    if (channel->flags & IS_PINNED)
        (void)cudaHostUnregister(channel->block);
    free(channel->block);
    channel->flags = 0;
}

int by_mask(struct channel *to)
{
    to->flags = 0;
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    to->flags |= HAS_MEMORY;
    if (pin(to->block, 4096))
        to->flags |= IS_PINNED;
    trace("made");
    drop(to);
    return 0;
}

int by_mask_after_a_trace(struct channel *to)
{
    to->flags = 0;
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    trace("has memory");
    to->flags |= HAS_MEMORY;
    if (pin(to->block, 4096))
        to->flags |= IS_PINNED;
    drop(to);
    return 0;
}

int by_what_it_was_translated_to(struct channel *to)
{
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    to->error = number_of(cudaHostRegister(to->block, 4096, 0));
    trace("tried");
    if (to->error != 0) {
        free(to->block);
        return to->error;
    }
    trace("made");
    if (to->error == 0)
        (void)cudaHostUnregister(to->block);
    free(to->block);
    return 0;
}

int asked_at_the_next_moment(struct channel *to)
{
    to->is_heap = 0;
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    if (cudaHostRegister(to->block, 4096, 0) == cudaSuccess)
        to->is_heap = 1;
    trace("tried");
    if (!to->is_heap) {
        free(to->block);
        return -1;
    }
    trace("made");
    (void)cudaHostUnregister(to->block);
    free(to->block);
    return 0;
}

int the_wrong_way_round(struct channel *to)
{
    to->block = malloc(4096);
    if (!to->block)
        return -1;
    to->status = cudaHostRegister(to->block, 4096, 0);
    trace("made");
    if (to->status == cudaSuccess)
        free(to->block); // expect: freed-while-registered
    return 0;
}

int another_bit(struct channel *to)
{
    to->flags = HAS_MEMORY;
    to->block = malloc(4096);
    if (!to->block || !pin(to->block, 4096))
        return -1;
    trace("made");
    if (to->flags & HAS_MEMORY)
        free(to->block); // expect: freed-while-registered
    return 0;
}
