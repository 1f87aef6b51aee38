// One truth value that gathers how several calls went.
#include <cstdlib>
#include <cuda_runtime.h>

static bool is_fine(cudaError_t status)
{
    return status == cudaSuccess;
}

int gathered_at_once()
{
    void *block = std::malloc(8192);
    if (!block)
        return 1;
    bool fine = true;
    fine &= is_fine(cudaHostRegister(block, 8192, 0));
    if (!fine) {
        std::free(block);
        return 1;
    }
    fine &= is_fine(cudaHostUnregister(block));
    std::free(block);
    return !fine;
}

int known_before(void *device)
{
    void *block = std::malloc(8192);
    bool fine = block && is_fine(cudaMemset(device, 0, 8192));
    if (!fine) {
        std::free(block);
        return 1;
    }
    fine &= cudaHostRegister(block, 8192, 0) == cudaSuccess;
    if (!fine) {
        std::free(block);
        return 1;
    }
    (void)cudaHostUnregister(block);
    std::free(block);
    return 0;
}

int asked_the_wrong_way()
{
    void *block = std::malloc(8192);
    if (!block)
        return 1;
    bool fine = true;
    fine &= is_fine(cudaHostRegister(block, 8192, 0));
    if (fine) {
        std::free(block); // expect: freed-while-registered
        return 1;
    }
    std::free(block);
    return 0;
}
