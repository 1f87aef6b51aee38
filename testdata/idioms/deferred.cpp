// What is to be done at the end lies in a std::function of a struct: the braces that make it hide
// the conversion of the lambda.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <functional>
#include <string>

enum { SIZE = 4096 };

struct Deferred {
    std::function<void()> action;
    ~Deferred()
    {
        if (action)
            action();
    }
};

struct Named {
    std::string name;
    char *block;
};

// Right.
int undone_by_a_function_object(void *device)
{
    char *block = static_cast<char *>(std::malloc(SIZE));
    if (!block)
        return -1;
    Deferred freeing{[block] { std::free(block); }};
    if (cudaHostRegister(block, SIZE, 0) != cudaSuccess)
        return -1;
    Deferred undoing{[block] { (void)cudaHostUnregister(block); }};
    return cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice) == cudaSuccess ? 0 : -1;
}

// Right.
int beside_a_name(void *device)
{
    Named named{"upload", static_cast<char *>(std::malloc(SIZE))};
    if (!named.block)
        return -1;
    if (cudaHostRegister(named.block, SIZE, 0) != cudaSuccess) {
        std::free(named.block);
        return -1;
    }
    int status = cudaMemcpy(device, named.block, SIZE, cudaMemcpyHostToDevice);
    (void)cudaHostUnregister(named.block);
    std::free(named.block);
    return status;
}
