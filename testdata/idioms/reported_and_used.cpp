// A check that prints and goes on: the device pointer is used as if the call had given it.
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <new>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::fprintf(stderr, "%s failed\n", #call);                                            \
    } while (0)

class mapped
{
    void *host_ = nullptr, *device_ = nullptr;

  public:
    mapped() : host_(std::malloc(8192))
    {
        if (!host_)
            throw std::bad_alloc();
        if (cudaHostRegister(host_, 8192, cudaHostRegisterMapped) != cudaSuccess) {
            std::free(host_);
            throw std::bad_alloc();
        }
        CHECK(cudaHostGetDevicePointer(&device_, host_, 0));
    }
    mapped(const mapped &) = delete;
    ~mapped()
    {
        if (device_ == nullptr)
            return;
        (void)cudaHostUnregister(host_);
        std::free(host_);
    }
};

void one()
{
    mapped m;
}
