#include "buffer.h"

#include <cuda_runtime_api.h>

namespace transfer
{

forgetful::~forgetful()
{
    delete[] block_; // expect: freed-while-registered
}

void crossing::close()
{
    if (block_ != nullptr)
        (void)cudaHostUnregister(block_);
    block_ = nullptr;
}

} // namespace transfer
