// A member of a template parameter's type: the class that it stands for has the function.
#include <cstdlib>
#include <cuda_runtime.h>
#include <new>

template <class T> class PinningAllocator
{
  public:
    T *allocate(std::size_t count)
    {
        void *data = std::malloc(count * sizeof(T) + 1);
        if (!data)
            throw std::bad_alloc();
        if (cudaHostRegister(data, count * sizeof(T) + 1, cudaHostRegisterDefault) != cudaSuccess) {
            std::free(data);
            throw std::bad_alloc();
        }
        return static_cast<T *>(data);
    }
    void deallocate(T *data, std::size_t) noexcept
    {
        if (cudaFreeHost(data) != cudaSuccess) // expect: mismatched-free
            std::abort();
    }
};

template <class T, class Allocator = PinningAllocator<T>> class Block
{
  public:
    explicit Block(std::size_t count) : data_(allocator_.allocate(count)), count_(count)
    {
    }
    Block(const Block &) = delete;
    Block &operator=(const Block &) = delete;
    ~Block()
    {
        allocator_.deallocate(data_, count_);
    }

  private:
    Allocator allocator_;
    T *data_;
    std::size_t count_;
};

int main()
{
    Block<int> block(100);
    return 0;
}
