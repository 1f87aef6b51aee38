/* What an atomic pointer of the file keeps is unregistered through what it is read as. */
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>

struct device {
    std::atomic<char *> memory{nullptr};
};
static std::array<device, 8> devices;
static std::atomic<char *> shared, forgotten;

char *scratch(std::size_t index)
{
    device &d = devices[index % devices.size()];
    if (char *memory = d.memory.load(std::memory_order_acquire))
        return memory;
    char *memory = static_cast<char *>(std::malloc(8192));
    if (!memory)
        return nullptr;
    if (cudaHostRegister(memory, 8192, cudaHostRegisterPortable) != cudaSuccess) {
        std::free(memory);
        return nullptr;
    }
    d.memory.store(memory, std::memory_order_release);
    return memory;
}

void release_all()
{
    for (device &d : devices) {
        char *memory = d.memory.exchange(nullptr);
        if (!memory)
            continue;
        (void)cudaHostUnregister(memory);
        std::free(memory);
    }
}

bool share()
{
    char *memory = static_cast<char *>(std::malloc(8192));
    if (!memory || cudaHostRegister(memory, 8192, 0) != cudaSuccess) {
        std::free(memory);
        return false;
    }
    shared.store(memory);
    return true;
}

void unshare()
{
    char *memory = shared.load();
    if (memory) {
        (void)cudaHostUnregister(memory);
        std::free(memory);
    }
}

bool forget()
{
    char *memory = static_cast<char *>(std::malloc(8192));
    if (!memory)
        return false;
    if (cudaHostRegister(memory, 8192, 0) != cudaSuccess) { // expect: register-leak
        std::free(memory);
        return false;
    }
    forgotten.store(memory);
    return true;
}

bool is_forgotten()
{
    return forgotten.load() != nullptr;
}
