// Without a command of its own, a file is parsed by the standard that its words need.
#include <cstdlib>
#include <cuda_runtime.h>
#include <string>

int members_of_strings(const std::string &name)
{
    void *data = std::malloc(8192);
    if (!data)
        return 1;
    if (cudaHostRegister(data, 8192, cudaHostRegisterDefault) != cudaSuccess) { // expect: register-leak
        std::free(data);
        return 2;
    }
    if (name.starts_with("unused"))
        return 3;
    (void)cudaHostUnregister(data);
    std::free(data);
    return 0;
}
