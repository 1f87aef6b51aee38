/* One bit, number or pointer that decides what is undone, as C programs keep it: what else the word
 * holds is not known. */
#include <cuda_runtime_api.h>

#include <stdint.h>
#include <stdlib.h>

#include "../run_case.h"

enum { SIZE = 4096 };

#define IS_REGISTERED 2U
#define IS_OWNED 4U

struct settings {
    unsigned int flags;
};

struct buffer {
    unsigned int flags;
    void *block;
};

/* Right. */
unsigned int bit_beside_unknown_ones(const struct settings *settings)
{
    unsigned int flags = settings->flags & ~IS_REGISTERED;
    void *block = malloc(SIZE);

    if (block == NULL)
        return 0;
    if (cudaHostRegister(block, SIZE, 0) == cudaSuccess)
        flags |= IS_REGISTERED;
    if (flags & IS_REGISTERED)
        (void)cudaHostUnregister(block);
    free(block);
    return flags;
}

/* Right. */
void bit_of_an_object(struct buffer *buffer)
{
    buffer->block = malloc(SIZE);
    if (buffer->block == NULL)
        return;
    buffer->flags &= ~IS_REGISTERED;
    if (cudaHostRegister(buffer->block, SIZE, 0) == cudaSuccess)
        buffer->flags |= IS_REGISTERED;
    buffer->flags |= IS_OWNED;
    if (buffer->flags & IS_REGISTERED) {
        (void)cudaHostUnregister(buffer->block);
        buffer->flags &= ~IS_REGISTERED;
    }
    if (buffer->flags & IS_OWNED)
        free(buffer->block);
}

/* The bit is the wrong one. */
void other_bit(const struct settings *settings)
{
    unsigned int flags = settings->flags & ~(IS_REGISTERED | IS_OWNED);
    void *block = malloc(SIZE);

    if (block == NULL)
        return;
    flags |= IS_OWNED;
    if (cudaHostRegister(block, SIZE, 0) == cudaSuccess)
        flags ^= IS_REGISTERED;
    if ((flags & IS_OWNED) == 0)
        (void)cudaHostUnregister(block);
    free(block); /* expect: freed-while-registered */
}

enum memory { PAGEABLE, REGISTERED, PINNED, MAPPED };

static void *memory_get(enum memory memory)
{
    void *block = NULL;

    if (memory == PINNED)
        return cudaMallocHost(&block, SIZE) == cudaSuccess ? block : NULL;
    if (memory == MAPPED)
        return cudaHostAlloc(&block, SIZE, cudaHostAllocMapped) == cudaSuccess ? block : NULL;
    block = malloc(SIZE);
    if (block != NULL && memory == REGISTERED && cudaHostRegister(block, SIZE, 0) != cudaSuccess) {
        free(block);
        return NULL;
    }
    return block;
}

static void memory_put(enum memory memory, void *block)
{
    switch (memory) {
    case MAPPED:
    case PINNED:
        (void)cudaFreeHost(block);
        return;
    case REGISTERED:
        (void)cudaHostUnregister(block);
        break;
    case PAGEABLE:
        break;
    }
    free(block);
}

/* Right: a chain of comparisons here, a switch there. */
void one_kind_of_four(enum memory memory)
{
    void *block = memory_get(memory);

    if (block != NULL)
        memory_put(memory, block);
}

/* Right: the lowest bit of the pointer says it. */
static uintptr_t tagged_get(int wanted)
{
    void *block = malloc(SIZE);

    if (block == NULL)
        return 0;
    if (wanted && cudaHostRegister(block, SIZE, 0) == cudaSuccess)
        return (uintptr_t)block | 1;
    return (uintptr_t)block;
}

static void tagged_put(uintptr_t tagged)
{
    void *block = (void *)(tagged & ~(uintptr_t)1);

    if (tagged & 1)
        (void)cudaHostUnregister(block);
    free(block);
}

void tagged(int wanted)
{
    tagged_put(tagged_get(wanted));
}

/* Right: nothing with a bit that is set is 0. */
int tagged_or_none(void)
{
    uintptr_t tagged = tagged_get(1);

    if (tagged == 0)
        return -1;
    tagged_put(tagged);
    return 0;
}

/* The tag is lost. */
void tag_lost(void)
{
    uintptr_t tagged = tagged_get(1);

    free((void *)(tagged & ~(uintptr_t)1)); /* expect: freed-while-registered */
}

/* Right: the compiler calls it at each end of the scope. */
static void undo(void **block)
{
    if (*block == NULL)
        return;
    (void)cudaHostUnregister(*block);
    free(*block);
}

#define UNDONE __attribute__((__cleanup__(undo)))
#define CALLS(function) __attribute__((cleanup(function)))

int at_the_end_of_the_scope(int wanted)
{
    UNDONE void *guard = NULL;
    void *block = malloc(SIZE);

    if (block == NULL)
        return -1;
    if (cudaHostRegister(block, SIZE, 0) != cudaSuccess) {
        free(block);
        return -1;
    }
    guard = block;
    return wanted ? 0 : 1;
}

/* Right: which function it is, only the macro's use says. */
int by_whatever_is_named(void)
{
    CALLS(undo) void *guard = NULL;
    void *block = malloc(SIZE);

    if (block == NULL)
        return -1;
    if (cudaHostRegister(block, SIZE, 0) != cudaSuccess) {
        free(block);
        return -1;
    }
    guard = block;
    return 0;
}

static void only_free(void **block)
{
    free(*block); /* expect: freed-while-registered */
}

void freed_at_the_end_of_the_scope(void)
{
    __attribute__((cleanup(only_free))) void *block = malloc(SIZE);

    if (block != NULL && cudaHostRegister(block, SIZE, 0) != cudaSuccess)
        return;
}

static const struct settings nothing_set;

static void other_bit_run(void)
{
    other_bit(&nothing_set);
}

static const struct run_case cases[] = {
    CASE(other_bit_run), CASE(tag_lost), CASE(freed_at_the_end_of_the_scope),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
