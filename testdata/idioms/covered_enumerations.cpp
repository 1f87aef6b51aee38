// A switch with a case for each enumerator has no other way out.
#include <cstdlib>
#include <cuda_runtime.h>
#include <new>

enum class backing { pinned, registered };

class block
{
    backing kind;
    void *data = nullptr;

  public:
    explicit block(backing of) : kind(of)
    {
        switch (of) {
        case backing::pinned:
            if (cudaMallocHost(&data, 8192) != cudaSuccess)
                throw std::bad_alloc();
            break;
        case backing::registered:
            data = std::malloc(8192);
            if (!data)
                throw std::bad_alloc();
            if (cudaHostRegister(data, 8192, 0) != cudaSuccess) {
                std::free(data);
                throw std::bad_alloc();
            }
            break;
        }
    }
    block(const block &) = delete;
    ~block()
    {
        if (kind == backing::pinned) {
            (void)cudaFreeHost(data);
        } else {
            (void)cudaHostUnregister(data);
            std::free(data);
        }
    }
};

enum stage { EMPTY, ALLOCATED, PINNED };

// Where one is missing, there is.
void release(stage reached, void *data)
{
    switch (reached) {
    case EMPTY:
        return;
    case ALLOCATED:
        break;
    }
    if (reached == PINNED)
        (void)cudaHostUnregister(data);
    std::free(data);
}

void stop(stage reached)
{
    void *data = std::malloc(8192);
    if (!data)
        return;
    if (cudaHostRegister(data, 8192, 0) != cudaSuccess) {
        std::free(data);
        return;
    }
    switch (reached) {
    case EMPTY:
    case ALLOCATED:
        (void)cudaHostUnregister(data);
        break;
    }
    std::free(data); // expect: freed-while-registered
}

int level(stage reached)
{
    void *data = std::malloc(8192);
    if (!data)
        return -1;
    if (cudaHostRegister(data, 8192, 0) != cudaSuccess) {
        std::free(data);
        return -1;
    }
    switch (reached) {
    case EMPTY:
    case ALLOCATED:
    case PINNED:
        (void)cudaHostUnregister(data);
        break;
    }
    std::free(data);
    return 0;
}
