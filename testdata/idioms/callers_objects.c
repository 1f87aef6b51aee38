/* What an object of the caller's keeps, while code out of sight runs that was not given it. */
#include <cuda_runtime.h>
#include <stdlib.h>
#include <sys/mman.h>

struct device;
struct window {
    void *block;
    size_t bytes;
    int fd;
    struct device *device;
};

int attach(int fd, size_t bytes);
int decode(const char *path, void *into, size_t bytes);
int attach_device(struct device *device);
int attach_window(struct window *window);
void trace(const char *format, ...);

int freed_as_another(struct window *window, size_t bytes)
{
    if (cudaHostAlloc(&window->block, bytes, cudaHostAllocPortable) != cudaSuccess)
        return -1;
    if (attach(window->fd, bytes) < 0) {
        free(window->block); /* expect: mismatched-free */
        return -1;
    }
    return 0;
}

void undone_too_late(struct window *window)
{
    free(window->block); /* expect: freed-while-registered */
    trace("freed %zu bytes", window->bytes);
    (void)cudaHostUnregister(window->block);
}

int sealed_first(struct window *window, const char *path, size_t bytes)
{
    if (bytes == 0)
        return -1;
    window->bytes = bytes;
    window->block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (window->block == MAP_FAILED)
        return -1;
    if (decode(path, window->block, bytes) != 0 ||
        mprotect(window->block, window->bytes, PROT_READ) != 0)
        return -1;
    if (cudaHostRegister(window->block, bytes, 0) != cudaSuccess) /* expect: readonly-memory */
        return -1;
    return 0;
}

/* Who has the object may exchange its block. */
int given_the_object(struct window *window, size_t bytes)
{
    if (cudaHostAlloc(&window->block, bytes, cudaHostAllocPortable) != cudaSuccess)
        return -1;
    if (attach_window(window) < 0) {
        free(window->block);
        return -1;
    }
    return 0;
}

/* So may who has something that may lead there. */
int given_its_neighbour(struct window *window, size_t bytes)
{
    if (cudaHostAlloc(&window->block, bytes, cudaHostAllocPortable) != cudaSuccess)
        return -1;
    if (attach_device(window->device) < 0) {
        free(window->block);
        return -1;
    }
    return 0;
}

/* A number that is written out is a state that others wait for. */
int waits(struct window *window)
{
    window->bytes = 0;
    trace("waiting");
    void *block = window->block;
    cudaError_t status = cudaHostRegister(block, window->bytes, 0); /* expect: nonconstant-size */
    return status == cudaSuccess ? 0 : -1;
}
