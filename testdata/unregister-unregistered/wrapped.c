/* Wrappers, both APIs, C. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run_case.h"
#include "../unseen.h"

#define SIZE 16384

static char area[SIZE];

struct region {
    void *base;
    size_t size;
    bool registered;
};

static bool region_pin(struct region *region)
{
    if (region->size == 0)
        return false;
    region->registered = cuMemHostRegister(region->base, region->size, 0) == CUDA_SUCCESS;
    return region->registered;
}

/* Right: the field tells. */
static void region_unpin(struct region *region)
{
    if (region->registered)
        (void)cuMemHostUnregister(region->base);
    region->registered = false;
}

/* Does not ask. */
static void region_drop(struct region *region)
{
    (void)cuMemHostUnregister(region->base); /* expect: unregister-unregistered */
}

void pinned_and_unpinned(void)
{
    struct region region = {area, SIZE, false};

    (void)cudaFree(NULL);
    if (!region_pin(&region))
        return;
    region_unpin(&region);
    region_unpin(&region);
}

void dropped_after_unpin(void)
{
    struct region region = {area, SIZE, false};

    (void)cudaFree(NULL);
    if (!region_pin(&region))
        return;
    region_unpin(&region);
    region_drop(&region);
}

/* "runtime and driver forms interchange" */
void registered_by_one_undone_by_the_other(void)
{
    if (cudaHostRegister(area, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        return;
    (void)cuMemHostUnregister(area);
}

void undone_by_both(void)
{
    if (cudaHostRegister(area, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        return;
    (void)cudaHostUnregister(area);
    (void)cuMemHostUnregister(area); /* expect: unregister-unregistered */
}

/* The loop that undoes starts at the chunk that failed. */
int rollback_from_the_failed_one(char *base, int chunks)
{
    int i;

    for (i = 0; i < chunks; i++)
        if (cudaHostRegister(base + i * 4096, 4096, 0) != cudaSuccess)
            break;
    if (i == chunks)
        return 0;
    for (; i >= 0; i--)
        (void)cudaHostUnregister(base + i * 4096); /* expect: unregister-unregistered */
    return -1;
}

/* Right. */
int rollback(char *base, int chunks)
{
    int i;

    for (i = 0; i < chunks; i++)
        if (cudaHostRegister(base + i * 4096, 4096, 0) != cudaSuccess)
            break;
    if (i == chunks)
        return 0;
    while (--i >= 0)
        (void)cudaHostUnregister(base + i * 4096);
    return -1;
}

/* "what is known of the pointer": device memory. */
void device_memory(void)
{
    void *device = NULL;

    if (cudaMalloc(&device, SIZE) != cudaSuccess)
        return;
    (void)cudaHostUnregister(device); /* expect: unregister-unregistered */
    (void)cudaFree(device);
}

/* A finaliser that is run twice. */
static void finish(void *block)
{
    (void)cudaHostUnregister(block); /* expect: unregister-unregistered */
}

void finished_on_both_levels(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    if (cudaHostRegister(block, SIZE, 0) == cudaSuccess) {
        memset(block, 0, SIZE);
        finish(block);
    }
    finish(block);
    free(block);
}

/* Right: ownership goes with the pointer. */
static void take(char **from, char **to)
{
    *to = *from;
    *from = NULL;
}

void taken(void)
{
    char *first = area, *second = NULL;

    if (cudaHostRegister(first, SIZE, 0) != cudaSuccess)
        return;
    take(&first, &second);
    if (first != NULL)
        (void)cudaHostUnregister(first);
    if (second != NULL)
        (void)cudaHostUnregister(second);
}

static const struct run_case cases[] = {
    CASE(pinned_and_unpinned), CASE(dropped_after_unpin),
    CASE(registered_by_one_undone_by_the_other), CASE(undone_by_both), CASE(device_memory),
    CASE(finished_on_both_levels), CASE(taken),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
