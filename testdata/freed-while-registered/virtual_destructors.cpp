// The destructor that an owner of the base runs is that of the class which was made.
#include <cuda_runtime.h>
#include <cstddef>
#include <memory>
#include <stdexcept>

struct block {
    char *data = nullptr;
    virtual ~block()
    {
        delete[] data; // expect: freed-while-registered
    }
};

struct pinned_block : block {
    explicit pinned_block(size_t)
    {
        data = new char[4096];
        if (cudaHostRegister(data, 4096, 0) != cudaSuccess)
            throw std::runtime_error("pin");
    }
};

int forgets(size_t bytes)
{
    std::unique_ptr<block> b = std::make_unique<pinned_block>(bytes);
    return b->data[0];
}

struct chunk {
    char *data = nullptr;
    virtual ~chunk() { delete[] data; }
};

struct pinned_chunk : chunk {
    explicit pinned_chunk(size_t)
    {
        data = new char[4096];
        if (cudaHostRegister(data, 4096, 0) != cudaSuccess)
            throw std::runtime_error("pin");
    }
    ~pinned_chunk() override { (void)cudaHostUnregister(data); }
};

int undoes(size_t bytes)
{
    std::unique_ptr<chunk> c = std::make_unique<pinned_chunk>(bytes);
    return c->data[0];
}
