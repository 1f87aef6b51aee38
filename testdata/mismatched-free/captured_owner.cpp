// A deleter that holds a share of the memory: copies of the closure share it too.
#include <cuda_runtime.h>
#include <memory>
#include <stdexcept>
#include <utility>

struct window {
    void *base;
};
using window_ptr = std::shared_ptr<window>;
using memory_ptr = std::shared_ptr<void>;

window *map_window(void *base, size_t bytes);
void unmap_window(window *w);

memory_ptr host_memory(size_t bytes)
{
    void *p = nullptr;
    if (cudaHostAlloc(&p, bytes, cudaHostAllocDefault) != cudaSuccess)
        throw std::runtime_error("no memory");
    return memory_ptr(p, cudaFreeHost);
}

static window_ptr make_window(window *w, memory_ptr memory)
{
    return window_ptr(w, [memory](window *mapped) mutable {
        unmap_window(mapped);
        memory.reset();
    });
}

window_ptr window_on(size_t bytes)
{
    memory_ptr memory(host_memory(bytes));
    return make_window(map_window(memory.get(), bytes), std::move(memory));
}

int use(size_t bytes)
{
    window_ptr w = window_on(bytes);
    return w ? 0 : 1;
}
