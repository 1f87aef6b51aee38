// A flag in an object that code out of sight can reach decides at several places. That such code
// changed it in between is a guess, and what would follow from that is not reported.
#include <cuda_runtime.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum kind { KIND_HEAP, KIND_PINNED, KIND_REGISTERED };

struct options {
    size_t size;
    bool pinned;
    enum kind kind;
    unsigned flags;
    int error;
};

void run(struct options *options);
bool wants_pinned(struct options *options);
int step(void);

static void *pinned_block(size_t size)
{
    void *block = NULL;
    if (cudaMallocHost(&block, size) != cudaSuccess)
        exit(1);
    return block;
}

static void free_pinned(void *block)
{
    if (cudaFreeHost(block) != cudaSuccess)
        exit(1);
}

static void pin(void *block, size_t size)
{
    if (cudaHostRegister(block, size, cudaHostRegisterDefault) != cudaSuccess)
        exit(1);
}

static void unpin(void *block)
{
    if (cudaHostUnregister(block) != cudaSuccess)
        exit(1);
}

void one_flag(struct options *options)
{
    void *block;
    if (options->pinned)
        block = pinned_block(options->size);
    else if ((block = malloc(options->size)) == NULL)
        return;
    run(options);
    if (options->pinned)
        free_pinned(block);
    else
        free(block);
}

void one_flag_of_an_own_object(bool pinned, size_t size)
{
    struct options options = {.size = size, .pinned = pinned};
    void *block = options.pinned ? pinned_block(size) : malloc(size);
    run(&options);
    if (options.pinned)
        free_pinned(block);
    else
        free(block);
}

static void *get(struct options *options)
{
    if (!options->pinned)
        return malloc(options->size);
    return pinned_block(options->size);
}

static void put(struct options *options, void *block)
{
    if (options->pinned)
        free_pinned(block);
    else
        free(block);
}

void in_callees(struct options *options)
{
    void *block = get(options);
    run(options);
    put(options, block);
}

void one_of_three(struct options *options)
{
    void *block = NULL;
    switch (options->kind) {
    case KIND_PINNED:
        block = pinned_block(64);
        break;
    case KIND_REGISTERED:
    case KIND_HEAP:
        block = malloc(64);
        if (block == NULL)
            return;
        if (options->kind == KIND_REGISTERED)
            pin(block, 64);
        break;
    }
    run(options);
    switch (options->kind) {
    case KIND_PINNED:
        free_pinned(block);
        break;
    case KIND_REGISTERED:
        unpin(block);
        free(block);
        break;
    case KIND_HEAP:
        free(block);
        break;
    }
}

void one_bit(struct options *options)
{
    void *block = malloc(64);
    if (block == NULL)
        return;
    if (options->flags & 4)
        pin(block, 64);
    run(options);
    if (options->flags & 4)
        unpin(block);
    free(block);
}

void asked_of_code_out_of_sight(struct options *options)
{
    void *block = wants_pinned(options) ? pinned_block(64) : malloc(64);
    run(options);
    if (wants_pinned(options))
        free_pinned(block);
    else
        free(block);
}

static bool registered;

void set_in_sight(void *block)
{
    registered = false;
    if (cudaHostRegister(block, 64, cudaHostRegisterDefault) == cudaSuccess)
        registered = true;
    run(NULL);
    if (registered)
        unpin(block);
    free(block);
}

void set_in_an_object(struct options *options)
{
    void *block = NULL;
    if (cudaMallocHost(&block, 64) == cudaSuccess) {
        options->pinned = true;
    } else {
        options->pinned = false;
        block = malloc(64);
    }
    run(options);
    if (options->pinned)
        free_pinned(block);
    else
        free(block);
}

// ---- wrong all the same ----

void set_and_asked_the_other_way_round(struct options *options)
{
    void *block = malloc(64);
    if (block == NULL)
        return;
    pin(block, 64);
    options->pinned = true;
    run(options);
    if (!options->pinned)
        unpin(block);
    free(block); // expect: freed-while-registered
}

void no_error_so_far(struct options *options)
{
    void *block = malloc(64);
    if (block == NULL)
        return;
    pin(block, 64);
    options->error = 0;
    run(options);
    if (options->error) {
        free(block); // expect: freed-while-registered
        return;
    }
    unpin(block);
    free(block);
}

void waits_until_it_is_set(struct options *options)
{
    void *block = malloc(64);
    if (block == NULL)
        return;
    pin(block, 64);
    options->error = 0;
    while (!options->error)
        run(options);
    free(block); // expect: freed-while-registered
}

void the_other_way_round(struct options *options)
{
    void *block = options->pinned ? pinned_block(64) : malloc(64);
    run(options);
    if (options->pinned)
        free(block); // expect: mismatched-free
    else if (cudaFreeHost(block) != cudaSuccess) // expect: mismatched-free
        exit(1);
}

void a_failure_in_between(struct options *options)
{
    if (options->error)
        return;
    void *block = malloc(64);
    if (block == NULL)
        return;
    pin(block, 64);
    run(options);
    if (options->error) {
        free(block); // expect: freed-while-registered
        return;
    }
    unpin(block);
    free(block);
}

void until_it_is_done(struct options *options)
{
    void *block = malloc(64);
    if (block == NULL)
        return;
    pin(block, 64);
    while (!options->error)
        run(options);
    free(block); // expect: freed-while-registered
}

void changed_in_sight(struct options *options)
{
    void *block = NULL;
    if (options->pinned)
        block = pinned_block(64);
    else
        block = malloc(64);
    options->pinned = false;
    run(options);
    if (!options->pinned)
        free(block); // expect: mismatched-free
}
