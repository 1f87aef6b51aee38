// A class that no other unit knows: what its clients give it is in sight.
#include <cuda_runtime.h>
#include <cstddef>
#include <memory>

namespace
{
class staged
{
    std::size_t size_;
    std::unique_ptr<unsigned char[]> bytes_;

  public:
    explicit staged(std::size_t size) : size_(size), bytes_(new unsigned char[size])
    {
        if (cudaHostRegister(bytes_.get(), size_, cudaHostRegisterDefault) != cudaSuccess)
            throw 1;
    }
    staged(const staged &) = delete;
    ~staged() { (void)cudaHostUnregister(bytes_.get()); }
};

class asked
{
    std::size_t size_;
    std::unique_ptr<unsigned char[]> bytes_;

  public:
    explicit asked(std::size_t size) : size_(size), bytes_(new unsigned char[size])
    {
        if (cudaHostRegister(bytes_.get(), size_, cudaHostRegisterDefault) != cudaSuccess) // expect: nonconstant-size
            throw 1;
    }
    asked(const asked &) = delete;
    ~asked() { (void)cudaHostUnregister(bytes_.get()); }
};
} // namespace

void four_pages()
{
    staged s(16384);
}

void as_many_as_asked(std::size_t size)
{
    asked a(size);
}
