// A query answers for the time before it: what is registered behind it is known again.
#include <cuda_runtime.h>

#include <cstdlib>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static bool is_pinned(void *block)
{
    cudaPointerAttributes attributes;

    check(cudaPointerGetAttributes(&attributes, block));
    return attributes.type == cudaMemoryTypeHost;
}

void twice_behind_it(char *block)
{
    if (is_pinned(block))
        return;
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    check(cudaHostRegister(block, 4096, cudaHostRegisterMapped)); // expect: double-register
    check(cudaHostUnregister(block));
}

// Right: asked before each of them.
void asked_each_time(char *block)
{
    if (!is_pinned(block))
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    if (!is_pinned(block))
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
}

// Right: asked for another address of the same block.
void asked_for_its_end(char *block)
{
    check(cudaHostRegister(block, 8192, cudaHostRegisterDefault));
    if (!is_pinned(block + 4096))
        check(cudaHostRegister(block, 8192, cudaHostRegisterDefault));
}

// Whoever finds it registered leaves it to the first.
class asking {
    void *p_ = nullptr;
    bool mine_ = false;

public:
    asking(void *p, size_t n)
    {
        cudaPointerAttributes a = {};
        if (cudaPointerGetAttributes(&a, p) != cudaSuccess) {
            (void)cudaGetLastError();
            a.type = cudaMemoryTypeUnregistered;
        }
        if (a.type != cudaMemoryTypeUnregistered)
            return;
        mine_ = cudaHostRegister(p, n, cudaHostRegisterPortable) == cudaSuccess; // expect: nonconstant-size
        p_ = p;
    }
    asking(const asking &) = delete;
    ~asking()
    {
        if (mine_)
            (void)cudaHostUnregister(p_);
    }
};

int asked_by_two()
{
    static char buffer[8192];
    asking first(buffer, sizeof buffer);
    asking second(buffer, sizeof buffer);
    buffer[0] = 1;
    return buffer[0];
}

int undone_by_two()
{
    static char other[8192];
    if (cudaHostRegister(other, sizeof other, 0) != cudaSuccess)
        return 1;
    cudaPointerAttributes a = {};
    if (cudaPointerGetAttributes(&a, other) != cudaSuccess)
        (void)cudaGetLastError();
    (void)cudaHostUnregister(other);
    return cudaHostUnregister(other); // expect: unregister-unregistered
}
