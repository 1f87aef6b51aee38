/* A block that a loop moves, registers and moves again: one mistake, one finding. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct ring {
    float *data;
    size_t capacity, count;
    int is_registered;
};

static int pin(struct ring *ring)
{
    if (ring->capacity == 0 ||
        cudaHostRegister(ring->data, ring->capacity * sizeof *ring->data, 0) != cudaSuccess)
        return -1;
    ring->is_registered = 1;
    return 0;
}

static void unpin(struct ring *ring)
{
    if (ring->is_registered)
        (void)cudaHostUnregister(ring->data);
    ring->is_registered = 0;
}

static int grow(struct ring *ring, int undo_first)
{
    if (undo_first)
        unpin(ring);
    float *data = realloc(ring->data, 2 * ring->capacity * sizeof *data); // expect: freed-while-registered
    if (data == NULL)
        return -1;
    ring->data = data;
    ring->capacity *= 2;
    return pin(ring);
}

static int fill(size_t wanted, int undo_first)
{
    struct ring ring = {malloc(4096), 4096 / sizeof(float), 0, 0};
    if (ring.data == NULL)
        return -1;
    if (pin(&ring) != 0) {
        free(ring.data);
        return -1;
    }
    for (size_t i = 0; i < wanted; i++) {
        if (ring.count == ring.capacity && grow(&ring, undo_first) != 0)
            break;
        ring.data[ring.count++] = (float)i;
    }
    unpin(&ring);
    free(ring.data);
    return 0;
}

int moves_what_is_registered(size_t wanted)
{
    return fill(wanted, 0);
}

/* Right. */
int undoes_first(size_t wanted)
{
    return fill(wanted, 1);
}
