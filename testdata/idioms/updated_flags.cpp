// Flags in a container that code out of sight is given to change: what they say then is what that
// made of what they said.
#include <cuda_runtime.h>
#include <cstdlib>
#include <vector>

void update(std::vector<int> &flags);
void look(const std::vector<int> &flags);

int one_of_them(size_t n)
{
    std::vector<int> flags(n);
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        flags[3] = 1;
    update(flags);
    if (flags[3] & 1)
        (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int added()
{
    std::vector<int> flags;
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    flags.push_back(cudaHostRegister(p, 8192, 0) == cudaSuccess ? 1 : 0);
    update(flags);
    if (flags[0])
        (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int in_loops(size_t n)
{
    std::vector<int> flags(n, 0);
    std::vector<void *> blocks(n, nullptr);
    for (size_t i = 0; i < n; i++) {
        blocks[i] = std::malloc(8192);
        if (blocks[i] && cudaHostRegister(blocks[i], 8192, 0) == cudaSuccess)
            flags[i] = 1;
    }
    update(flags);
    for (size_t i = 0; i < n; i++) {
        if (flags[i])
            (void)cudaHostUnregister(blocks[i]);
        std::free(blocks[i]);
    }
    return 0;
}

int updated_before(size_t n)
{
    std::vector<int> flags(n), others(n);
    update(flags);
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        flags[3] = 1;
    look(others);
    if (others[3])
        (void)cudaHostUnregister(p);
    std::free(p); // expect: freed-while-registered
    return 0;
}

int another_vector(size_t n)
{
    std::vector<int> flags(n, 0), others(n, 0);
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 8192, 0) == cudaSuccess)
        flags[3] = 1;
    update(others);
    if (others[3] & 1)
        (void)cudaHostUnregister(p);
    std::free(p); // expect: freed-while-registered
    return 0;
}
