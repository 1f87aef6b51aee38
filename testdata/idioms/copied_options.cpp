// A copy of an object says what the object said, also when nobody asks the object any more.
#include <cuda_runtime.h>

#include <cstdlib>

struct options {
    enum kind { device, host } where;
    std::size_t bytes;
};

class memory
{
  public:
    memory(const memory &) = delete;
    explicit memory(const options &given) : options_(given)
    {
        cudaError_t status = given.where == options::device ? cudaMalloc(&at_, given.bytes)
                                                            : cudaMallocHost(&at_, given.bytes);
        if (status != cudaSuccess)
            std::abort();
    }
    ~memory()
    {
        if ((options_.where == options::device ? cudaFree(at_) : cudaFreeHost(at_)) != cudaSuccess)
            std::abort();
    }

  private:
    options options_;
    void *at_ = nullptr;
};

int in_one_function(const options &given)
{
    options copy(given);
    void *at = nullptr;
    cudaError_t status =
        given.where == options::device ? cudaMalloc(&at, 4096) : cudaMallocHost(&at, 4096);
    if (status != cudaSuccess)
        return -1;
    status = copy.where == options::device ? cudaFree(at) : cudaFreeHost(at);
    return status == cudaSuccess ? 0 : -1;
}
