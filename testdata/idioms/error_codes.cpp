// A std::error_code is a number: what was put into it is what it says.
#include <cuda_runtime.h>
#include <memory>
#include <system_error>

static std::error_code to_error(cudaError_t status)
{
    return status == cudaSuccess ? std::error_code{} : std::make_error_code(std::errc::io_error);
}

static std::error_code by_number(cudaError_t status)
{
    std::error_code error;
    if (status != cudaSuccess)
        error = std::error_code(static_cast<int>(status), std::generic_category());
    return error;
}

std::error_code undone()
{
    auto data = std::make_unique<char[]>(4096);
    if (auto error = to_error(cudaHostRegister(data.get(), 4096, cudaHostRegisterDefault)))
        return error;
    return to_error(cudaHostUnregister(data.get()));
}

std::error_code undone_by_number()
{
    auto data = std::make_unique<char[]>(4096);
    std::error_code error = by_number(cudaHostRegister(data.get(), 4096, cudaHostRegisterDefault));
    if (error.value() != 0)
        return error;
    return by_number(cudaHostUnregister(data.get()));
}

std::error_code replaced(size_t size)
{
    auto data = std::make_unique<char[]>(4096);
    if (auto error = to_error(cudaHostRegister(data.get(), 4096, cudaHostRegisterDefault)))
        return error;
    if (size > 4096) {
        data = std::make_unique<char[]>(size); // expect: freed-while-registered
        if (auto error = to_error(cudaHostRegister(data.get(), size, cudaHostRegisterDefault)))
            return error;
    }
    return to_error(cudaHostUnregister(data.get()));
}

static std::error_code numbered(cudaError_t status)
{
    return {static_cast<int>(status), std::generic_category()};
}

std::error_code made_of_the_status()
{
    char *data = new char[4096];
    if (auto error = numbered(cudaHostRegister(data, 4096, cudaHostRegisterDefault))) {
        delete[] data;
        return error;
    }
    auto error = numbered(cudaHostUnregister(data));
    delete[] data;
    return error;
}

void made_of_the_status_and_forgotten()
{
    char *data = new char[4096];
    std::error_code error(cudaHostRegister(data, 4096, cudaHostRegisterDefault),
                          std::generic_category());
    if (error) {
        delete[] data;
        return;
    }
    delete[] data; // expect: freed-while-registered
}
