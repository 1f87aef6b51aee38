#include <hip/hip_runtime.h>

#include <cstdlib>

int hip_early_return(bool early)
{
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return -1;
    if (hipHostRegister(block, 4096, hipHostRegisterDefault) != hipSuccess) { // expect: register-leak
        std::free(block);
        return -1;
    }
    if (early)
        return 1;
    (void)hipHostUnregister(block);
    std::free(block);
    return 0;
}

void *hip_handed_on()
{
    void *block = std::malloc(4096);

    if (block != nullptr && hipHostRegister(block, 4096, hipHostRegisterMapped) != hipSuccess) {
        std::free(block);
        return nullptr;
    }
    return block;
}
