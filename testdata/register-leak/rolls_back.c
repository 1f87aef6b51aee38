/* A path that fails takes the registration of the caller's memory back: another that fails, and says
 * so alike, owes that as well. */
#include <cuda_runtime_api.h>
#include <stddef.h>

int forgets_one(char *data, size_t size, void **device)
{
    if (size == 0 || cudaHostRegister(data, size, 0) != cudaSuccess) /* expect: register-leak */
        return -1;
    if (cudaMalloc(device, size) != cudaSuccess)
        goto undo;
    if (cudaMemset(*device, 0, size) != cudaSuccess)
        return -1;
    return 0;
undo:
    (void)cudaHostUnregister(data);
    return -1;
}

int forgets_none(char *data, size_t size, void **device)
{
    if (size == 0 || cudaHostRegister(data, size, 0) != cudaSuccess)
        return -1;
    if (cudaMalloc(device, size) != cudaSuccess)
        goto undo;
    if (cudaMemset(*device, 0, size) != cudaSuccess)
        goto undo;
    return 0;
undo:
    (void)cudaHostUnregister(data);
    return -1;
}

struct queue {
    void *memory, *device;
    int is_registered;
};

/* Who closes the queue looks at its flag. */
int leaves_it_to_the_member(struct queue *queue, size_t size)
{
    if (size == 0 || cudaHostRegister(queue->memory, size, 0) != cudaSuccess)
        return -1;
    queue->is_registered = 1;
    if (cudaMalloc(&queue->device, size) != cudaSuccess)
        return -1;
    if (cudaMemset(queue->device, 0, size) != cudaSuccess) {
        (void)cudaHostUnregister(queue->memory);
        queue->is_registered = 0;
        return -1;
    }
    return 0;
}

void close_queue(struct queue *queue)
{
    if (queue->is_registered)
        (void)cudaHostUnregister(queue->memory);
}

/* Positive: it is registered, and the rest is missing. */
int says_which(char *data, size_t size, void **device)
{
    if (size == 0 || cudaHostRegister(data, size, 0) != cudaSuccess)
        return -1;
    if (cudaMalloc(device, size) != cudaSuccess)
        return 1;
    if (cudaMemset(*device, 0, size) != cudaSuccess) {
        (void)cudaHostUnregister(data);
        return -1;
    }
    return 0;
}

static struct {
    void *memory, *device;
} table[16];
static int entries;

static void *put_into_table(char *data)
{
    void *device = NULL;

    if (cudaHostRegister(data, 4096, cudaHostRegisterMapped) != cudaSuccess)
        return NULL;
    if (entries < 16 && cudaHostGetDevicePointer(&device, data, 0) == cudaSuccess && device) {
        table[entries].memory = data;
        table[entries++].device = device;
        return device;
    }
    (void)cudaHostUnregister(data);
    return NULL;
}

/* Who clears the table finds it there. */
void *leaves_it_to_the_table(char *data)
{
    void *device = put_into_table(data);
    size_t free_bytes = 0, all_bytes = 0;

    if (!device || cudaMemGetInfo(&free_bytes, &all_bytes) != cudaSuccess)
        return NULL;
    return device;
}

void clear_table(void)
{
    while (entries > 0)
        (void)cudaHostUnregister(table[--entries].memory);
}

static void *put_nowhere(char *data)
{
    void *device = NULL;

    if (cudaHostRegister(data, 4096, cudaHostRegisterMapped) != cudaSuccess) /* expect: register-leak */
        return NULL;
    if (cudaHostGetDevicePointer(&device, data, 0) == cudaSuccess && device)
        return device;
    (void)cudaHostUnregister(data);
    return NULL;
}

void *leaves_it_to_nobody(char *data)
{
    void *device = put_nowhere(data);
    size_t free_bytes = 0, all_bytes = 0;

    if (!device || cudaMemGetInfo(&free_bytes, &all_bytes) != cudaSuccess)
        return NULL;
    return device;
}
