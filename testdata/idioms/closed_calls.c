// A pointer to a function that the path does not know: it is one of those in a constant table, or
// the only one that the program ever stores in that member.
#include <cuda_runtime.h>
#include <stdlib.h>
#include <string.h>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

// ---- an element of a table ----

typedef void (*release_function)(void *);

static void release_small(void *data)
{
    free(data); // expect: freed-while-registered
}

static void release_large(void *data)
{
    ((char *)data)[0] = 0;
    free(data);
}

static void unpin_and_free(void *data)
{
    check(cudaHostUnregister(data));
    free(data);
}

static void unpin_clear_and_free(void *data)
{
    check(cudaHostUnregister(data));
    memset(data, 0, 8192);
    free(data);
}

static const release_function plain[] = {release_small, release_large};
static const release_function undoing[] = {unpin_and_free, unpin_clear_and_free};
static const release_function either[] = {release_large, unpin_and_free};

static void *registered(void)
{
    void *data = malloc(8192);
    if (data)
        check(cudaHostRegister(data, 8192, 0));
    return data;
}

void released_by_any_of_them(int kind)
{
    void *data = registered();
    if (data)
        plain[kind](data);
}

void undone_by_any_of_them(int kind)
{
    void *data = registered();
    if (data)
        undoing[kind](data);
}

void undone_by_the_right_one(int kind)
{
    void *data = registered();
    if (data)
        either[kind](data);
}

struct operations {
    int (*pin)(void *, size_t);
    void (*unpin)(void *);
};

static int pin_plainly(void *data, size_t bytes)
{
    return bytes && cudaHostRegister(data, bytes, 0) == cudaSuccess;
}

static int pin_for_all(void *data, size_t bytes)
{
    return bytes && cudaHostRegister(data, bytes, cudaHostRegisterPortable) == cudaSuccess;
}

static void unpin(void *data)
{
    check(cudaHostUnregister(data));
}

static void forget(void *data)
{
    (void)data;
}

static const struct operations ways[] = {{pin_plainly, unpin}, {pin_for_all, unpin}};
static const struct operations bad_ways[] = {{pin_plainly, forget}, {pin_for_all, forget}};

void undone_in_any_way(int way)
{
    void *data = malloc(8192);
    if (!data)
        return;
    if (ways[way].pin(data, 8192))
        ways[way].unpin(data);
    free(data);
}

void undone_in_no_way(int way)
{
    const struct operations *chosen = &bad_ways[way];
    void *data = malloc(8192);
    if (!data)
        return;
    if (chosen->pin(data, 8192))
        chosen->unpin(data);
    free(data); // expect: freed-while-registered
}

// ---- a member ----

struct plain_buffer {
    void *plain_data;
    void (*destroy)(void *);
};

static void destroy_plainly(void *data)
{
    free(data); // expect: freed-while-registered
}

int plain_open(struct plain_buffer *buffer)
{
    buffer->destroy = NULL;
    buffer->plain_data = malloc(8192);
    if (!buffer->plain_data)
        return 0;
    buffer->destroy = destroy_plainly;
    return 1;
}

void plain_close(struct plain_buffer *buffer)
{
    check(cudaHostRegister(buffer->plain_data, 8192, 0));
    if (buffer->destroy)
        buffer->destroy(buffer->plain_data);
}

struct pinned_buffer {
    void *data;
    void (*destroy)(void *);
};

int pinned_open(struct pinned_buffer *buffer)
{
    buffer->data = registered();
    buffer->destroy = buffer->data ? unpin_and_free : NULL;
    return buffer->data != NULL;
}

void pinned_close(struct pinned_buffer *buffer)
{
    if (buffer->destroy)
        buffer->destroy(buffer->data);
    buffer->destroy = NULL;
}

struct chosen_buffer {
    void *data;
    void (*destroy)(void *);
};

int chosen_open(struct chosen_buffer *buffer, int pins)
{
    buffer->data = malloc(8192);
    buffer->destroy = destroy_plainly;
    if (buffer->data && pins && cudaHostRegister(buffer->data, 8192, 0) == cudaSuccess)
        buffer->destroy = unpin_and_free;
    return buffer->data != NULL;
}

void chosen_close(struct chosen_buffer *buffer)
{
    buffer->destroy(buffer->data);
}

// Whoever hands the function in may have one of his own.
struct given_buffer {
    void *data;
    void (*destroy)(void *);
};

void given_open(struct given_buffer *buffer, void (*destroy)(void *))
{
    buffer->data = registered();
    buffer->destroy = destroy;
}

void given_close(struct given_buffer *buffer)
{
    if (buffer->data)
        buffer->destroy(buffer->data);
}

// ---- a table that a member points to ----

struct stage;
struct stage_table {
    void (*unpin)(struct stage *);
    void (*drop)(struct stage *);
};
struct stage {
    void *data;
    const struct stage_table *table;
};

static void stage_unpin(struct stage *stage)
{
    check(cudaHostUnregister(stage->data));
}

static void stage_drop(struct stage *stage)
{
    free(stage->data);
    stage->data = NULL;
}

static const struct stage_table one_table = {stage_unpin, stage_drop};
static const struct stage_table other_table = {stage_unpin, stage_drop};

int stage_open(struct stage *stage, int which)
{
    stage->table = which ? &one_table : &other_table;
    stage->data = registered();
    return stage->data != NULL;
}

void stage_close(struct stage *stage)
{
    stage->table->unpin(stage);
    stage->table->drop(stage);
}
