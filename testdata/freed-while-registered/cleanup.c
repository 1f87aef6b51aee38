/* Clean-up paths in C, wrappers, both APIs. */
#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdint.h>
#include <stdio.h>
#include <alloca.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../run_case.h"
#include "../unseen.h"

#define SIZE 65536

struct channel {
    void *ring;
    void *mailbox;
    int ring_registered;
};

static void start(void)
{
    if (cudaFree(NULL) != cudaSuccess)
        exit(1);
}

/* The first label frees what the second registration left registered. */
int labels_one_too_low(struct channel *channel)
{
    channel->ring = malloc(SIZE);
    channel->mailbox = malloc(SIZE);
    if (channel->ring == NULL || channel->mailbox == NULL)
        goto release;
    if (cudaHostRegister(channel->ring, SIZE, cudaHostRegisterPortable) != cudaSuccess)
        goto release;
    if (cudaHostRegister(channel->mailbox, SIZE, cudaHostRegisterPortable) != cudaSuccess)
        goto release;
    return 0;
release:
    free(channel->ring); /* expect: freed-while-registered */
    free(channel->mailbox);
    channel->ring = channel->mailbox = NULL;
    return -1;
}

/* Right: one label for each step. */
int labels_in_order(struct channel *channel)
{
    channel->ring = malloc(SIZE);
    if (channel->ring == NULL)
        return -1;
    if (cudaHostRegister(channel->ring, SIZE, cudaHostRegisterPortable) != cudaSuccess)
        goto free_ring;
    channel->mailbox = malloc(SIZE);
    if (channel->mailbox == NULL)
        goto unregister_ring;
    if (cudaHostRegister(channel->mailbox, SIZE, cudaHostRegisterPortable) != cudaSuccess)
        goto free_mailbox;
    return 0;

free_mailbox:
    free(channel->mailbox);
unregister_ring:
    (void)cudaHostUnregister(channel->ring);
free_ring:
    free(channel->ring);
    return -1;
}

/* Right: one label, and a field that says how far it came. */
int one_label(struct channel *channel)
{
    memset(channel, 0, sizeof *channel);
    channel->ring = malloc(SIZE);
    if (channel->ring == NULL)
        goto fail;
    if (cudaHostRegister(channel->ring, SIZE, cudaHostRegisterDefault) != cudaSuccess)
        goto fail;
    channel->ring_registered = 1;
    channel->mailbox = malloc(SIZE);
    if (channel->mailbox == NULL)
        goto fail;
    return 0;
fail:
    if (channel->ring_registered)
        (void)cudaHostUnregister(channel->ring);
    free(channel->mailbox);
    free(channel->ring);
    return -1;
}

/* Allocation and release in functions of their own. */
static void *acquire(void)
{
    void *region = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return region == MAP_FAILED ? NULL : region;
}

static void dispose(void *region)
{
    munmap(region, SIZE); /* expect: freed-while-registered */
}

static void dispose_pinned(void *region)
{
    (void)cuMemHostUnregister(region);
    munmap(region, SIZE);
}

/* "Through wrappers, a finding stands at the innermost statement in the user's own code" */
void wrong_dispose(void)
{
    void *region = acquire();

    start();
    if (region == NULL)
        return;
    if (cuMemHostRegister(region, SIZE, CU_MEMHOSTREGISTER_DEVICEMAP) != CUDA_SUCCESS) {
        dispose(region);
        return;
    }
    memset(region, 0, SIZE);
    dispose(region);
}

/* Right. */
void right_dispose(void)
{
    void *region = acquire();

    start();
    if (region == NULL)
        return;
    if (cuMemHostRegister(region, SIZE, CU_MEMHOSTREGISTER_DEVICEMAP) != CUDA_SUCCESS) {
        munmap(region, SIZE);
        return;
    }
    memset(region, 0, SIZE);
    dispose_pinned(region);
}

/* The aligned alias is what is registered; the base is what is freed. */
void aligned_alias(void)
{
    char *base = malloc(SIZE + 4096);
    char *aligned;

    if (base == NULL)
        return;
    aligned = (char *)(((uintptr_t)base + 4095) & ~(uintptr_t)4095);
    if (cudaHostRegister(aligned, SIZE, cudaHostRegisterMapped) != cudaSuccess) {
        free(base);
        return;
    }
    memset(aligned, 0, SIZE);
    free(base); /* expect: freed-while-registered */
}

/* Right. */
void aligned_alias_in_order(void)
{
    char *base = malloc(SIZE + 4096);
    char *aligned;

    if (base == NULL)
        return;
    aligned = (char *)(((uintptr_t)base + 4095) & ~(uintptr_t)4095);
    if (cudaHostRegister(aligned, SIZE, cudaHostRegisterMapped) != cudaSuccess) {
        free(base);
        return;
    }
    memset(aligned, 0, SIZE);
    (void)cudaHostUnregister(aligned);
    free(base);
}

/* Right: "A pointer handed to code that the checker cannot see may be freed, unregistered or kept
 * there: leaks and later orders of that block are then unknown." */
void handed_on(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    if (cudaHostRegister(block, SIZE, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return;
    }
    unseen_keep(block);
    free(block);
}

/* "Known CUDA and libc calls keep nothing." */
void known_calls_keep_nothing(void)
{
    char *block = malloc(SIZE);
    void *device = NULL;

    if (block == NULL)
        return;
    if (cudaHostRegister(block, SIZE, cudaHostRegisterDefault) != cudaSuccess) {
        free(block);
        return;
    }
    memset(block, 1, SIZE);
    snprintf(block, SIZE, "%p", (void *)block);
    if (cudaMalloc(&device, SIZE) == cudaSuccess) {
        (void)cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice);
        (void)cudaFree(device);
    }
    puts(block);
    free(block); /* expect: freed-while-registered */
}

/* The loop frees all of them and unregisters but the first half. */
void half_of_them(void)
{
    char *blocks[4];

    for (int i = 0; i < 4; i++) {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL || cudaHostRegister(blocks[i], SIZE, 0) != cudaSuccess)
            abort();
    }
    for (int i = 0; i < 2; i++)
        (void)cudaHostUnregister(blocks[i]);
    for (int i = 0; i < 4; i++)
        free(blocks[i]); /* expect: freed-while-registered */
}

/* The same where the turns are counted below: what leaves the loop before is not its test. */
void half_of_them_counted_below(void)
{
    char *blocks[4];
    int i = 0;

    do {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL || cudaHostRegister(blocks[i], SIZE, 0) != cudaSuccess)
            abort();
        i++;
    } while (i < 4);
    for (i = 0; i < 2; i++)
        (void)cudaHostUnregister(blocks[i]);
    for (i = 0; i < 4; i++)
        free(blocks[i]); /* expect: freed-while-registered */
}

/* Right. */
void all_of_them(void)
{
    char *blocks[4];

    for (int i = 0; i < 4; i++) {
        blocks[i] = malloc(SIZE);
        if (blocks[i] == NULL || cudaHostRegister(blocks[i], SIZE, 0) != cudaSuccess)
            abort();
    }
    for (int i = 3; i >= 0; i--) {
        (void)cudaHostUnregister(blocks[i]);
        free(blocks[i]);
    }
}

/* Right: a table whose length is known to nobody. */
void table_of_blocks(char **blocks, int count)
{
    int made = 0;

    for (; made < count; made++) {
        blocks[made] = malloc(SIZE);
        if (blocks[made] == NULL)
            break;
        if (cudaHostRegister(blocks[made], SIZE, 0) != cudaSuccess) {
            free(blocks[made]);
            break;
        }
    }
    if (made == count)
        return;
    while (made-- > 0) {
        (void)cudaHostUnregister(blocks[made]);
        free(blocks[made]);
    }
}

/* Right: a parameter lives on behind a label. */
void parameter_behind_a_label(struct channel copy)
{
    if (cudaHostRegister(&copy, sizeof copy, 0) != cudaSuccess)
        return;
    copy.ring = copy.mailbox;
    if (copy.ring == NULL)
        goto done;
    memset(copy.ring, 0, SIZE);
done:
    (void)cudaHostUnregister(&copy);
}

static struct channel channel;

static void parameter_run(void)
{
    parameter_behind_a_label(channel);
}

static void labels_run(void)
{
    if (labels_in_order(&channel) == 0) {
        (void)cudaHostUnregister(channel.mailbox);
        (void)cudaHostUnregister(channel.ring);
        free(channel.mailbox);
        free(channel.ring);
    }
}

static void one_label_run(void)
{
    if (one_label(&channel) == 0) {
        (void)cudaHostUnregister(channel.ring);
        free(channel.mailbox);
        free(channel.ring);
    }
}

/* alloca's memory goes with the function's frame. */
int frame_goes(const char *name)
{
    char *copy = alloca(SIZE);

    if (cudaHostRegister(copy, SIZE, 0) != cudaSuccess)
        return -1;
    strncpy(copy, name, SIZE);
    if (copy[0] == '\0')
        return -1; /* expect: freed-while-registered */
    (void)cudaHostUnregister(copy);
    return 0;
}

/* Right: the frame that has it stays until the call comes back. */
static int pin_for_the_caller(char *block)
{
    return cudaHostRegister(block, SIZE, 0) == cudaSuccess;
}

void frame_stays(void)
{
    char *block = alloca(SIZE);

    if (pin_for_the_caller(block))
        (void)cudaHostUnregister(block);
}

static void frame_goes_run(void)
{
    (void)frame_goes("");
}

static const struct run_case cases[] = {
    CASE(labels_run), CASE(one_label_run), CASE(wrong_dispose), CASE(right_dispose),
    CASE(aligned_alias), CASE(aligned_alias_in_order), CASE(handed_on),
    CASE(known_calls_keep_nothing), CASE(half_of_them), CASE(all_of_them),
    CASE(parameter_run), CASE(frame_goes_run), CASE(frame_stays),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
