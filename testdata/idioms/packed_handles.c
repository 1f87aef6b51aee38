/* Handles that are an index and a generation in one number. */
#include <cuda_runtime.h>
#include <stdint.h>
#include <stdlib.h>

#define SLOTS 128

static struct {
    int is_used;
    uint16_t generation;
    void *block;
} slots[SLOTS];

static int slot_find(void)
{
    for (int i = 0; i < SLOTS; i++)
        if (!slots[i].is_used)
            return i;
    return -1;
}

static int pin(void *block, uint32_t *handle)
{
    int i = slot_find();
    if (i < 0 || cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    slots[i].is_used = 1;
    slots[i].block = block;
    *handle = (uint32_t)i | (uint32_t)++slots[i].generation << 16;
    return 0;
}

static void unpin(uint32_t handle)
{
    unsigned i = handle & 0xffffu;
    if (i >= SLOTS || !slots[i].is_used || slots[i].generation != handle >> 16)
        return;
    (void)cudaHostUnregister(slots[i].block);
    slots[i].is_used = 0;
}

int pinned_for_a_while(void)
{
    char *mine = malloc(8192);
    uint32_t handle;
    int failed;
    if (!mine)
        return -1;
    failed = pin(mine, &handle);
    if (!failed)
        unpin(handle);
    free(mine);
    return failed;
}

int unpinned_by_another_generation(void)
{
    char *mine = malloc(8192);
    uint32_t handle;
    int failed;
    if (!mine)
        return -1;
    failed = pin(mine, &handle);
    if (!failed)
        unpin(handle + 0x10000u);
    free(mine); /* expect: freed-while-registered */
    return failed;
}
