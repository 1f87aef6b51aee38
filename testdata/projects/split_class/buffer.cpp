#include "buffer.h"

#include <cuda_runtime_api.h>

#include <stdexcept>

namespace transfer
{

buffer::buffer(std::size_t bytes) : bytes_(bytes)
{
}

buffer::~buffer()
{
    unlock();
}

bool buffer::lock()
{
    if (locked_ || bytes_.empty())
        return locked_;
    locked_ = cudaHostRegister(bytes_.data(), bytes_.size(), cudaHostRegisterDefault) == cudaSuccess;
    return locked_;
}

void buffer::unlock()
{
    if (locked_)
        (void)cudaHostUnregister(bytes_.data());
    locked_ = false;
}

forgetful::forgetful() : block_(new char[4096])
{
    if (cudaHostRegister(block_, 4096, cudaHostRegisterDefault) != cudaSuccess) {
        delete[] block_;
        throw std::runtime_error("not registered");
    }
}

bool crossing::open(void *block)
{
    if (cudaHostRegister(block, 4096, cudaHostRegisterPortable) != cudaSuccess)
        return false;
    block_ = block;
    return true;
}

} // namespace transfer
