/* What a pool of Boost gets from malloc(n) of its allocator it gives to free(p): both must be of one kind. */
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>

static char *pinned(std::size_t bytes)
{
    void *memory;
    if (cudaMallocHost(&memory, bytes) != cudaSuccess)
        return nullptr;
    return static_cast<char *>(memory);
}

struct wrong_allocator {
    typedef std::size_t size_type;
    typedef std::ptrdiff_t difference_type;
    static char *malloc(const size_type bytes)
    {
        return pinned(bytes);
    }
    static void free(char *const block)
    {
        std::free(block); /* expect: mismatched-free */
    }
};

struct right_allocator {
    typedef std::size_t size_type;
    typedef std::ptrdiff_t difference_type;
    static char *malloc(const size_type bytes)
    {
        return pinned(bytes);
    }
    static void free(char *const block)
    {
        (void)cudaFreeHost(block);
    }
};

/* Nobody's allocator: what its free is given may come from anywhere. */
class counters {
public:
    static char *page(const std::size_t bytes)
    {
        return pinned(bytes);
    }
    static void free(char *block)
    {
        std::free(block);
    }
};
