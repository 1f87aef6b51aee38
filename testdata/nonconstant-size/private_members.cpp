// Private member functions are given what their callers, who are in sight, have tested.
#include <cstddef>
#include <cuda_runtime_api.h>
#include <stdexcept>
#include <vector>

class Pair
{
  public:
    explicit Pair(std::size_t size) : first(size), second(size)
    {
        if (size == 0)
            throw std::invalid_argument("size");
        lock(first);
        lock(second);
    }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;
    ~Pair()
    {
        (void)cudaHostUnregister(first.data());
        (void)cudaHostUnregister(second.data());
    }

  private:
    static void lock(std::vector<char> &memory)
    {
        if (cudaHostRegister(memory.data(), memory.size(), 0) != cudaSuccess)
            throw std::runtime_error("cudaHostRegister");
    }
    std::vector<char> first, second;
};

class Untested
{
  public:
    explicit Untested(std::size_t size) : memory(size)
    {
        lock();
    }
    Untested(const Untested &) = delete;
    Untested &operator=(const Untested &) = delete;
    ~Untested()
    {
        (void)cudaHostUnregister(memory.data());
    }

  private:
    void lock()
    {
        cudaError_t status =
            cudaHostRegister(memory.data(), memory.size(), 0); // expect: nonconstant-size
        if (status != cudaSuccess)
            throw std::runtime_error("cudaHostRegister");
    }
    std::vector<char> memory;
};
