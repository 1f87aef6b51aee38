#include "bridge.h"

#include <cuda_runtime_api.h>

#include <cstdlib>

extern "C" int cpp_register(void *block, size_t size)
{
    if (size == 0)
        return 0;
    return cudaHostRegister(block, size, cudaHostRegisterDefault) == cudaSuccess; // expect: double-register
}

extern "C" void cpp_unregister(void *block)
{
    (void)cudaHostUnregister(block);
}

// Calls back into C, where the finding stands.
extern "C" void cpp_release(void *block)
{
    c_release(block);
}

// Right: C++ that calls C.
void cpp_calls_c()
{
    void *block = c_block(4096);

    if (block == nullptr)
        return;
    if (cpp_register(block, 4096)) {
        cpp_unregister(block);
        c_release(block);
    } else {
        c_release(block);
    }
}

// Wrong: registered twice, by the same function.
void cpp_twice()
{
    void *block = c_block(4096);

    if (block == nullptr)
        return;
    if (cpp_register(block, 4096)) {
        if (!cpp_register(block, 4096))
            std::abort();
        cpp_unregister(block);
    }
    std::free(block);
}
