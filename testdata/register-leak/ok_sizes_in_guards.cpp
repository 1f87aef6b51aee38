// A registration that succeeded is of at least one byte: a guard that asks for the size lets it
// through.
#include <cstdlib>
#include <cuda_runtime.h>

class buffer
{
  public:
    explicit buffer(std::size_t count)
    {
        if (count > 0 && cudaHostRegister(data_, count, cudaHostRegisterDefault) != cudaSuccess)
            throw 1;
        count_ = count;
    }
    buffer(const buffer &) = delete;
    ~buffer()
    {
        if (count_ == 0)
            return;
        (void)cudaHostUnregister(data_);
    }

  private:
    char data_[4096];
    std::size_t count_ = 0;
};

class array
{
  public:
    explicit array(std::size_t count) : data_(new float[count])
    {
        if (cudaHostRegister(data_, count * sizeof(float), 0) != cudaSuccess) { // expect: nonconstant-size
            delete[] data_;
            throw 1;
        }
        count_ = count;
    }
    array(const array &) = delete;
    ~array()
    {
        if (count_ == 0)
            return;
        (void)cudaHostUnregister(data_);
        delete[] data_;
    }

  private:
    float *data_;
    std::size_t count_ = 0;
};
