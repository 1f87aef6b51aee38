// The atomic operations of C, the builtins and what <stdatomic.h> makes of them.
#include <cuda_runtime.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct buffer {
    void *data;
    atomic_bool is_pinned;
    int ready;
};

static bool buffer_init(struct buffer *buffer)
{
    buffer->data = malloc(4096);
    atomic_init(&buffer->is_pinned, false);
    __atomic_store_n(&buffer->ready, 0, __ATOMIC_RELEASE);
    return buffer->data != NULL;
}

static void buffer_pin(struct buffer *buffer)
{
    if (cudaHostRegister(buffer->data, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return;
    atomic_store(&buffer->is_pinned, true);
    __atomic_store_n(&buffer->ready, 1, __ATOMIC_RELEASE);
}

int right(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    buffer_pin(&buffer);
    if (atomic_exchange(&buffer.is_pinned, false))
        if (cudaHostUnregister(buffer.data) != cudaSuccess)
            return 1;
    if (atomic_load(&buffer.is_pinned) && cudaHostUnregister(buffer.data) != cudaSuccess)
        return 1;
    free(buffer.data);
    return 0;
}

int right_by_builtins(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    buffer_pin(&buffer);
    if (__atomic_load_n(&buffer.ready, __ATOMIC_ACQUIRE) &&
        cudaHostUnregister(buffer.data) != cudaSuccess)
        return 1;
    free(buffer.data);
    return 0;
}

int inverted(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    buffer_pin(&buffer);
    if (!atomic_load_explicit(&buffer.is_pinned, memory_order_acquire)) {
        free(buffer.data);
        return 0;
    }
    free(buffer.data); // expect: freed-while-registered
    return 0;
}

int inverted_builtin(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    buffer_pin(&buffer);
    if (__atomic_exchange_n(&buffer.ready, 0, __ATOMIC_ACQ_REL) == 0 && buffer.data)
        (void)cudaHostUnregister(buffer.data); // expect: unregister-unregistered
    free(buffer.data); // expect: freed-while-registered
    return 0;
}

int claimed(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    bool expected = false;
    if (atomic_compare_exchange_strong(&buffer.is_pinned, &expected, true) &&
        cudaHostRegister(buffer.data, 4096, cudaHostRegisterDefault) != cudaSuccess)
        atomic_store(&buffer.is_pinned, false);
    expected = true;
    if (atomic_compare_exchange_weak(&buffer.is_pinned, &expected, false) &&
        cudaHostUnregister(buffer.data) != cudaSuccess)
        return 1;
    free(buffer.data);
    return 0;
}

int claimed_for_good(void)
{
    struct buffer buffer;
    if (!buffer_init(&buffer))
        return 1;
    int expected = 0;
    if (__atomic_compare_exchange_n(&buffer.ready, &expected, 1, 0, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE) &&
        cudaHostRegister(buffer.data, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    if (expected == 1 && cudaHostUnregister(buffer.data) != cudaSuccess)
        return 1;
    free(buffer.data); // expect: freed-while-registered
    return 0;
}
