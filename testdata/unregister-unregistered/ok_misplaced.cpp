// One mistake, one finding: the unregister call is made for another block than the one registered.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

void registers_the_mirror(std::size_t bytes)
{
    if (bytes == 0)
        return;
    void *host = std::malloc(bytes), *device = nullptr;
    if (!host)
        return;
    check(cudaMalloc(&device, bytes));
    check(cudaHostRegister(device, bytes, 0)); // expect: not-host-memory
    check(cudaHostUnregister(host));
    check(cudaFree(device));
    std::free(host);
}

void undoes_after_the_exchange()
{
    char *block = new char[4096];
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess) {
        char *larger = new char[8192];
        std::swap(block, larger);
        delete[] larger; // expect: freed-while-registered
        (void)cudaHostUnregister(block);
    }
    delete[] block;
}

void undoes_after_the_reset()
{
    auto block = std::make_unique<char[]>(4096);
    check(cudaHostRegister(block.get(), 4096, 0));
    block.reset(); // expect: freed-while-registered
    check(cudaHostUnregister(block.get()));
}

void forgets_which()
{
    auto block = std::make_unique<char[]>(4096);
    char *other = nullptr;
    check(cudaHostRegister(block.get(), 4096, 0));
    check(cudaHostUnregister(other)); // expect: unregister-unregistered
    check(cudaHostUnregister(block.get()));
}
