// What a deleter does is done where its owner lets go: at the scope's end, by reset(), with the
// elements of a container. A function that only makes and loses owners is walked for that.
#include <cuda_runtime.h>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

struct pinned_deleter {
    void operator()(char *p) const
    {
        (void)cudaFreeHost(p); // expect: mismatched-free
    }
};
using host_buffer = std::unique_ptr<char, pinned_deleter>;

static host_buffer allocate(size_t bytes)
{
    char *p = static_cast<char *>(std::malloc(bytes));
    if (!p)
        return host_buffer();
    return host_buffer(p);
}

int from_a_factory(size_t bytes)
{
    host_buffer buffer = allocate(bytes);
    return buffer ? buffer.get()[0] : -1;
}

struct array_deleter {
    void operator()(char *p) const
    {
        (void)cudaFreeHost(p); // expect: mismatched-free
    }
};

int array_form(size_t bytes)
{
    std::unique_ptr<char[], array_deleter> buffer(new char[bytes]);
    return buffer[0];
}

struct resetting_deleter {
    void operator()(char *p) const
    {
        (void)cudaFreeHost(p); // expect: mismatched-free
    }
};

void by_reset(size_t bytes)
{
    std::unique_ptr<char, resetting_deleter> buffer(static_cast<char *>(std::malloc(bytes)));
    buffer.reset();
}

int function_pointer(size_t bytes)
{
    std::unique_ptr<void, decltype(&cudaFreeHost)> buffer(std::malloc(bytes), &cudaFreeHost);
    return buffer ? 0 : 1; // expect: mismatched-free
}

int shared_function_pointer(size_t bytes)
{
    std::shared_ptr<void> buffer(std::malloc(bytes), cudaFreeHost);
    return buffer ? 0 : 1; // expect: mismatched-free
}

int closure(size_t bytes)
{
    auto deleter = [](void *p) {
        (void)cudaFreeHost(p); // expect: mismatched-free
    };
    std::unique_ptr<void, decltype(deleter)> buffer(std::malloc(bytes), deleter);
    return buffer ? 0 : 1;
}

int shared_closure(size_t bytes)
{
    std::shared_ptr<void> buffer(std::malloc(bytes), [](void *p) {
        (void)cudaFreeHost(p); // expect: mismatched-free
    });
    return buffer ? 0 : 1;
}

struct element_deleter {
    void operator()(void *p) const
    {
        (void)cudaFreeHost(p); // expect: mismatched-free
    }
};

size_t elements(size_t bytes)
{
    std::vector<std::unique_ptr<void, element_deleter>> buffers;
    buffers.emplace_back(std::malloc(bytes));
    return buffers.size();
}

/* One flag in the deleter says which of the two it is. */
struct choosing_deleter {
    bool is_pinned = false;
    void operator()(void *p) const
    {
        if (is_pinned)
            (void)cudaFreeHost(p);
        else
            std::free(p);
    }
};
using either = std::unique_ptr<void, choosing_deleter>;

static either make(size_t bytes, bool pinned)
{
    void *p = nullptr;
    if (!pinned)
        return either(std::malloc(bytes));
    if (cudaMallocHost(&p, bytes) != cudaSuccess)
        throw std::bad_alloc();
    return either(p, choosing_deleter{true});
}

int chosen(size_t bytes, bool pinned)
{
    either buffer = make(bytes, pinned);
    return buffer ? 0 : 1;
}

int released(size_t bytes)
{
    std::unique_ptr<void, element_deleter> buffer(std::malloc(bytes));
    std::free(buffer.release());
    return 0;
}
