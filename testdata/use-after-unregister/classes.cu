// The registration is undone by an object, and the launch comes after its life.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "../run_case.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

template <typename T>
__global__ void increment(T *values)
{
    values[threadIdx.x] += T(1);
}

class mapped
{
  public:
    mapped(void *block, size_t bytes) : block_(block)
    {
        if (bytes == 0)
            std::abort();
        CHECK(cudaHostRegister(block_, bytes, cudaHostRegisterMapped));
    }
    mapped(const mapped &) = delete;
    mapped &operator=(const mapped &) = delete;
    ~mapped()
    {
        (void)cudaHostUnregister(block_);
    }
    template <typename T>
    T *view() const
    {
        T *address = nullptr;

        CHECK(cudaHostGetDevicePointer(&address, block_, 0));
        return address;
    }

  private:
    void *block_;
};

void after_the_guard()
{
    std::vector<int> values(256);
    int *view = nullptr;
    {
        mapped guard(values.data(), 256 * sizeof(int));

        view = guard.view<int>();
        increment<<<1, 256>>>(view);
        CHECK(cudaDeviceSynchronize());
    }
    increment<<<1, 256>>>(view); // expect: use-after-unregister
    CHECK(cudaDeviceSynchronize());
}

// Right.
void within_the_guard()
{
    std::vector<double> values(256);
    mapped guard(values.data(), 256 * sizeof(double));

    increment<<<1, 256>>>(guard.view<double>());
    increment<<<1, 256>>>(values.data());
    CHECK(cudaDeviceSynchronize());
}

static const struct run_case cases[] = {CASE(after_the_guard), CASE(within_the_guard)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
