// Right: whether drop() undoes the registration, a name decides that no header here declares.
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

static cudaError_t undo(void *block)
{
    return cudaHostUnregister(block);
}

class Taken
{
    std::vector<char> memory;
    void *block;

    void drop()
    {
        if (void *mine = std::undeclared_exchange(block, nullptr))
            check(undo(mine));
    }

  public:
    Taken() : memory(4096), block(memory.data())
    {
        check(cudaHostRegister(memory.data(), memory.size(), cudaHostRegisterDefault));
    }
    ~Taken()
    {
        drop();
    }
};
