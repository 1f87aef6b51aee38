/* What a block is made of is known from where it was allocated, also where a void pointer came
 * in between. */
#include <cstdint>
#include <cstdlib>
#include <cuda_runtime.h>
#include <exception>

class Guard
{
    void *block_;
    bool on_ = false;

  public:
    Guard(void *block, std::size_t bytes) : block_(block)
    {
        on_ = bytes != 0 && cudaHostRegister(block_, bytes, cudaHostRegisterPortable) == cudaSuccess; // expect: size-mismatch
    }
    ~Guard()
    {
        if (on_ && cudaHostUnregister(block_) != cudaSuccess)
            std::terminate();
    }
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
};

static const std::size_t count = 1000;

bool counts_elements()
{
    auto *edges = static_cast<std::int64_t *>(std::malloc(count * sizeof(std::int64_t)));

    if (!edges)
        return false;
    {
        Guard guard(edges, count);
        edges[0] = 1;
    }
    std::free(edges);
    return true;
}

class Whole
{
    void *block_;
    bool on_ = false;

  public:
    Whole(void *block, std::size_t bytes) : block_(block)
    {
        on_ = bytes != 0 && cudaHostRegister(block_, bytes, cudaHostRegisterPortable) == cudaSuccess;
    }
    ~Whole()
    {
        if (on_ && cudaHostUnregister(block_) != cudaSuccess)
            std::terminate();
    }
    Whole(const Whole &) = delete;
    Whole &operator=(const Whole &) = delete;
};

/* Right: bytes; and a part of bytes whose number is no count of elements. */
bool counts_bytes()
{
    auto *edges = static_cast<std::int64_t *>(std::malloc(count * sizeof(std::int64_t)));
    auto *bytes = static_cast<unsigned char *>(std::malloc(count * 8));

    if (!edges || !bytes) {
        std::free(edges);
        std::free(bytes);
        return false;
    }
    {
        Whole all(edges, count * sizeof *edges), part(bytes, count);
        edges[0] = 1;
    }
    std::free(edges);
    std::free(bytes);
    return true;
}

int main()
{
    return !counts_elements() || !counts_bytes();
}
