/* Wrappers, tables and the driver API. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run_case.h"
#include "../unseen.h"

#define SIZE 8192

static void *pinned_alloc(size_t size)
{
    void *block = NULL;

    return cuMemAllocHost(&block, size) == CUDA_SUCCESS ? block : NULL;
}

static void *heap_alloc(size_t size)
{
    return malloc(size);
}

static void pinned_free(void *block)
{
    (void)cuMemFreeHost(block); /* expect: mismatched-free */
}

static void heap_free(void *block)
{
    free(block); /* expect: mismatched-free */
}

static void start(void)
{
    (void)cudaFree(NULL);
}

void heap_block_freed_as_pinned(void)
{
    void *block = heap_alloc(SIZE);

    start();
    if (block == NULL)
        return;
    pinned_free(block);
}

void pinned_block_freed_as_heap(void)
{
    void *block;

    start();
    block = pinned_alloc(SIZE);
    if (block == NULL)
        return;
    heap_free(block);
}

/* Right. */
void each_by_its_own(void)
{
    void *first = heap_alloc(SIZE), *second;

    start();
    second = pinned_alloc(SIZE);
    if (second != NULL)
        memset(second, 0, SIZE);
    pinned_free(second);
    heap_free(first);
}

/* Right: "runtime and driver forms interchange" */
void forms_interchange(void)
{
    void *block = NULL;

    start();
    if (cuMemHostAlloc(&block, SIZE, CU_MEMHOSTALLOC_PORTABLE) != CUDA_SUCCESS)
        return;
    if (cudaFreeHost(block) != cudaSuccess)
        return;
    if (cudaMallocHost(&block, SIZE) != cudaSuccess)
        return;
    (void)cuMemFreeHost(block);
}

/* The same name for both lives, and goto. */
int release_by_label(int size_is_large)
{
    void *block = NULL;
    int result = -1;

    start();
    if (size_is_large) {
        if (cuMemAllocHost(&block, SIZE) != CUDA_SUCCESS)
            goto done;
    } else {
        block = malloc(SIZE);
        if (block == NULL)
            goto done;
    }
    memset(block, 0, SIZE);
    result = 0;
    free(block); /* expect: mismatched-free */
done:
    return result;
}

/* Right: the allocation keeps a record in front of the block. */
struct record {
    int pinned;
    size_t size;
};

void *record_alloc(size_t size, int pinned)
{
    struct record *record = NULL;

    if (pinned) {
        if (cudaMallocHost((void **)&record, sizeof *record + size) != cudaSuccess)
            return NULL;
    } else {
        record = malloc(sizeof *record + size);
        if (record == NULL)
            return NULL;
    }
    record->pinned = pinned;
    record->size = size;
    return record + 1;
}

void record_free(void *block)
{
    struct record *record;

    if (block == NULL)
        return;
    record = (struct record *)block - 1;
    if (record->pinned)
        (void)cudaFreeHost(record);
    else
        free(record);
}

void recorded(void)
{
    record_free(record_alloc(SIZE, 1));
    record_free(record_alloc(SIZE, 0));
}

/* Right: a table of functions chosen once. */
struct allocator {
    void *(*alloc)(size_t size);
    void (*release)(void *block);
};

static void quiet_pinned_free(void *block)
{
    (void)cuMemFreeHost(block);
}

static const struct allocator allocators[] = {
    {heap_alloc, free},
    {pinned_alloc, quiet_pinned_free},
};

void by_table(void)
{
    const struct allocator *allocator = &allocators[unseen_choice() != 0];
    void *block;

    start();
    block = allocator->alloc(SIZE);
    if (block != NULL)
        memset(block, 0, SIZE);
    allocator->release(block);
}

/* Right: the length of the array decides, as often in small-buffer code. */
void small_buffer(size_t size)
{
    char local[256];
    char *block = local;

    start();
    if (size > sizeof local && cuMemAllocHost((void **)&block, size) != CUDA_SUCCESS)
        return;
    memset(block, 0, size);
    if (block != local)
        (void)cuMemFreeHost(block);
}

static void label_run(void)
{
    (void)release_by_label(1);
}

static const struct run_case cases[] = {
    CASE(heap_block_freed_as_pinned), CASE(pinned_block_freed_as_heap), CASE(each_by_its_own),
    CASE(forms_interchange), CASE(label_run), CASE(recorded), CASE(by_table),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
