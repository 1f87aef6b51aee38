/* A flag beside a pointer says what it points to. Code out of sight runs in between, and is given
 * neither. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct layer {
    float *delta;
    int is_pinned;
};

void check(cudaError_t status);

/* Right. */
void resized(struct layer *layer, size_t size)
{
    if (!layer->is_pinned)
        layer->delta = realloc(layer->delta, size);
    check(cudaGetLastError());
    if (layer->is_pinned) {
        check(cudaFreeHost(layer->delta));
        check(cudaMallocHost((void **)&layer->delta, size));
    }
}

/* Right. */
void dropped(struct layer *layer, size_t size)
{
    if (layer->is_pinned)
        check(cudaMallocHost((void **)&layer->delta, size));
    check(cudaGetLastError());
    if (!layer->is_pinned)
        free(layer->delta);
}

/* Wrong, whatever the flag says. */
void resized_and_freed(struct layer *layer, size_t size)
{
    if (!layer->is_pinned)
        layer->delta = realloc(layer->delta, size);
    check(cudaGetLastError());
    if (!layer->is_pinned)
        check(cudaFreeHost(layer->delta)); /* expect: mismatched-free */
}
