// Code out of sight says how a call went in a way of its own: what it answers decides here.
#include <cuda_runtime.h>

#include <cstdlib>
#include <tuple>
#include <utility>

struct outcome {
    bool ok;
    cudaError_t error;
};

bool went_well(cudaError_t status);
bool went_well_at(const cudaError_t &status);
outcome outcome_of(cudaError_t status);
outcome outcome_of_test(bool ok);

static int finish(void *data)
{
    if (cudaHostUnregister(data) != cudaSuccess)
        return 1;
    std::free(data);
    return 0;
}

int asks_by_value()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    const cudaError_t status = cudaHostRegister(data, 100, cudaHostRegisterDefault);
    if (!went_well(status)) {
        std::free(data);
        return 1;
    }
    return finish(data);
}

int asks_by_reference()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    const cudaError_t status = cudaHostRegister(data, 100, cudaHostRegisterDefault);
    if (!went_well_at(status)) {
        std::free(data);
        return 1;
    }
    return finish(data);
}

int asks_an_object()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    const outcome of = outcome_of(cudaHostRegister(data, 100, cudaHostRegisterDefault));
    if (!of.ok) {
        std::free(data);
        return 1;
    }
    return finish(data);
}

int asks_an_object_of_a_test()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    const cudaError_t status = cudaHostRegister(data, 100, cudaHostRegisterDefault);
    if (!outcome_of_test(status == cudaSuccess).ok) {
        std::free(data);
        return 1;
    }
    return finish(data);
}

static std::pair<bool, cudaError_t> pin(void *data, size_t size)
{
    const cudaError_t status = cudaHostRegister(data, size, cudaHostRegisterDefault);
    return std::make_pair(status == cudaSuccess, status);
}

int asks_a_pair()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    auto [ok, status] = pin(data, 100);
    if (!ok) {
        std::free(data);
        return status;
    }
    return finish(data);
}

int asks_a_tuple()
{
    void *data = std::malloc(100);
    if (data == nullptr)
        return 1;
    const cudaError_t status = cudaHostRegister(data, 100, cudaHostRegisterDefault);
    if (!std::get<0>(std::make_tuple(status == cudaSuccess, status))) {
        std::free(data);
        return 1;
    }
    return finish(data);
}
