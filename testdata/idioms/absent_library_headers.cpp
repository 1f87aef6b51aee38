// The headers of C and of the C++ library came with a header that is not there: their names are what
// they are with it.
#include "not_there/everything.hpp"

#include <cuda_runtime_api.h>

void grown(size_t count)
{
    std::vector<float> rows(count + 4096);

    if (cudaHostRegister(rows.data(), 4096, 0) != cudaSuccess)
        return;
    rows.push_back(1); // expect: freed-while-registered
    (void)cudaHostUnregister(rows.data());
}

void undone(size_t count)
{
    std::vector<float> rows(count + 4096);

    PROJECT_CHECK(cudaHostRegister(rows.data(), 4096, 0));
    rows[0] = 1;
    PROJECT_CHECK(cudaHostUnregister(rows.data()));
}

void owned()
{
    auto rows = std::make_unique<float[]>(8192);

    PROJECT_CHECK(cudaHostRegister(rows.get(), 8192, 0)); // expect: size-mismatch
    PROJECT_CHECK(cudaHostUnregister(rows.get()));
}

class rings {
  public:
    void begin()
    {
        for (int i = 0; i < 4; i++)
            PROJECT_CHECK(cudaMallocHost(&rings_[i], 4096));
        PROJECT_CHECK(cudaMallocHost(&spare_[0], 4096));
        free(spare_[0]); // expect: mismatched-free
    }

    void end()
    {
        for (int i = 0; i < 4; i++)
            PROJECT_CHECK(cudaFreeHost(rings_[i]));
    }

  private:
    std::array<void *, 4> rings_;
    std::array<void *, 4> spare_;
    std::weird_queue<int> ids_;
};

int64_t viewed(const tensors::tensor &tensor)
{
    float *rows = tensor.data_ptr<float>();
    void *block = malloc(4096);

    if (cudaHostRegister(rows, tensor.size() * 4, 0) != cudaSuccess) // expect: nonconstant-size
        return -1;
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        free(block); // expect: freed-while-registered
    return tensor.item<int64_t>();
}

int64_t viewed_well(const tensors::tensor &tensor)
{
    void *block = malloc(4096);

    if (block == NULL)
        exit(1);
    memset(block, 0, 4096);
    if (cudaHostRegister(block, 4096, 0) == cudaSuccess)
        (void)cudaHostUnregister(block);
    free(block);
    return tensor.item<int64_t>();
}
