/* Parts and wholes whose sizes are products of what is not known. */
#include <cuda_runtime.h>
#include <stdlib.h>

static void must(cudaError_t error)
{
    if (error != cudaSuccess)
        abort();
}

static char *ring_new(size_t slot, size_t slots)
{
    char *ring = malloc(slot * slots);
    if (!ring)
        abort();
    return ring;
}

void second_slot_again(size_t slot, size_t slots)
{
    if (slot == 0 || slots < 2)
        return;
    char *ring = ring_new(slot, slots);
    must(cudaHostRegister(ring, slot * slots, 0));
    must(cudaHostRegister(ring + slot, slot, 0)); /* expect: double-register */
    must(cudaHostUnregister(ring));
    free(ring);
}

void each_slot_again(size_t slot, size_t slots)
{
    if (slot == 0 || slots == 0)
        return;
    char *ring = ring_new(slot, slots);
    must(cudaHostRegister(ring, slot * slots, 0));
    for (size_t i = 0; i < slots; i++)
        must(cudaHostRegister(ring + i * slot, slot, 0)); /* expect: double-register */
    must(cudaHostUnregister(ring));
    free(ring);
}

void first_and_rest(size_t slot, size_t slots)
{
    if (slot == 0 || slots < 2)
        return;
    char *ring = ring_new(slot, slots);
    must(cudaHostRegister(ring, slot, 0));
    must(cudaHostRegister(ring + slot, slot * (slots - 1), 0));
    must(cudaHostUnregister(ring));
    must(cudaHostUnregister(ring + slot));
    free(ring);
}

void behind_the_first_half(size_t slot, size_t slots)
{
    if (slot == 0 || slots == 0)
        return;
    char *ring = ring_new(slot, 2 * slots);
    must(cudaHostRegister(ring, slot * slots, 0));
    must(cudaHostRegister(ring + slot * slots, slot * slots, 0));
    must(cudaHostUnregister(ring + slot * slots));
    must(cudaHostUnregister(ring));
    free(ring);
}

/* Nobody says that there is a second slot. */
void one_slot_perhaps(size_t slot, size_t slots)
{
    if (slot == 0 || slots == 0)
        return;
    char *ring = ring_new(slot, slots + 1);
    must(cudaHostRegister(ring, slot * slots, 0));
    must(cudaHostRegister(ring + slot, slot, 0));
    must(cudaHostUnregister(ring + slot));
    must(cudaHostUnregister(ring));
    free(ring);
}
