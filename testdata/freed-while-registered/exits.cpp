// What ends in the wrong order at every exit is one mistake; an exit that forgets what another one
// does is a mistake of its own.
#include <cuda_runtime.h>
#include <cstddef>
#include <memory>
#include <stdexcept>

enum { BYTES = 4096 };

class pin {
    void *p_ = nullptr;

public:
    pin() = default;
    pin(const pin &) = delete;
    ~pin()
    {
        if (p_)
            (void)cudaHostUnregister(p_);
    }
    void attach(void *p)
    {
        if (cudaHostRegister(p, BYTES, cudaHostRegisterDefault) != cudaSuccess)
            throw std::runtime_error("pin");
        p_ = p;
    }
};

int guard_before_the_buffer(const void *device)
{
    pin guard;
    std::unique_ptr<char[]> data(new char[BYTES]);
    guard.attach(data.get());
    if (cudaMemcpy(data.get(), device, BYTES, cudaMemcpyDeviceToHost) != cudaSuccess)
        return -1; // expect: freed-while-registered
    return data[0];
}

int guard_behind_the_buffer(const void *device)
{
    std::unique_ptr<char[]> data(new char[BYTES]);
    pin guard;
    guard.attach(data.get());
    if (cudaMemcpy(data.get(), device, BYTES, cudaMemcpyDeviceToHost) != cudaSuccess)
        return -1;
    return data[0];
}

int two_forget(const void *device, bool again)
{
    std::unique_ptr<char[]> data(new char[BYTES]);
    if (cudaHostRegister(data.get(), BYTES, cudaHostRegisterDefault) != cudaSuccess)
        return -1;
    if (cudaMemcpy(data.get(), device, BYTES, cudaMemcpyDeviceToHost) != cudaSuccess)
        return -1; // expect: freed-while-registered
    if (again && cudaMemcpy(data.get(), device, BYTES, cudaMemcpyDeviceToHost) != cudaSuccess)
        return -2; // expect: freed-while-registered
    (void)cudaHostUnregister(data.get());
    return data[0];
}
