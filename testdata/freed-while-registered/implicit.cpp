// Destructors that nobody wrote or calls, constructors that throw, allocation by the class itself.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

class samples // expect: freed-while-registered
{
  public:
    explicit samples(size_t count) : data(new float[count + 1])
    {
        check(cudaHostRegister(data.get(), sizeof(float), cudaHostRegisterDefault));
    }

  private:
    std::unique_ptr<float[]> data;
};

class history // expect: freed-while-registered
{
  public:
    explicit history(size_t count) : values(count + 1)
    {
        check(cudaHostRegister(values.data(), sizeof(float), cudaHostRegisterDefault));
    }

  private:
    std::vector<float> values;
};

// Right.
class undone
{
  public:
    explicit undone(size_t count) : data(new float[count + 1])
    {
        check(cudaHostRegister(data.get(), sizeof(float), cudaHostRegisterDefault));
    }
    ~undone()
    {
        (void)cudaHostUnregister(data.get());
    }
    undone(const undone &) = delete;

  private:
    std::unique_ptr<float[]> data;
};

// Right: the buffer is made when the constructor throws, and undoes itself.
class checked
{
  public:
    explicit checked(bool fails) : buffer(1024)
    {
        if (fails)
            throw std::invalid_argument("fails");
    }

  private:
    undone buffer;
};

void constructor_that_throws()
{
    try {
        checked object(true);
    } catch (const std::exception &) {
    }
}

class leaves_by_an_exception
{
  public:
    explicit leaves_by_an_exception(bool fails) : values(1024)
    {
        check(cudaHostRegister(values.data(), 1024 * sizeof(float), cudaHostRegisterDefault));
        if (fails)
            throw std::invalid_argument("fails"); // expect: freed-while-registered
    }
    ~leaves_by_an_exception()
    {
        (void)cudaHostUnregister(values.data());
    }
    leaves_by_an_exception(const leaves_by_an_exception &) = delete;

  private:
    std::vector<float> values;
};

// Right: the destructor runs for an object that one constructor finished and another left.
class delegates
{
  public:
    delegates() : delegates(4096)
    {
        throw std::invalid_argument("fails");
    }
    explicit delegates(size_t bytes) : block(std::malloc(bytes))
    {
        if (block != nullptr && cudaHostRegister(block, 4096, 0) != cudaSuccess) {
            std::free(block);
            block = nullptr;
        }
    }
    ~delegates()
    {
        if (block != nullptr)
            (void)cudaHostUnregister(block);
        std::free(block);
    }
    delegates(const delegates &) = delete;

  private:
    void *block;
};

void delegating_constructor_that_throws()
{
    try {
        delegates object;
    } catch (const std::exception &) {
    }
}

struct frees_registered {
    char data[4096];

    static void *operator new(size_t bytes)
    {
        void *block = std::malloc(bytes);

        if (block == nullptr)
            throw std::bad_alloc();
        if (cudaHostRegister(block, sizeof(frees_registered), 0) != cudaSuccess) {
            std::free(block);
            throw std::bad_alloc();
        }
        return block;
    }
    static void operator delete(void *block)
    {
        std::free(block); // expect: freed-while-registered
    }
};

// Right.
struct undoes_registration : frees_registered {
    static void operator delete(void *block, size_t)
    {
        if (block != nullptr)
            (void)cudaHostUnregister(block);
        std::free(block);
    }
};

void allocated_by_its_class()
{
    delete new frees_registered;
}

void undone_by_its_class()
{
    delete new undoes_registration;
}

static const struct run_case cases[] = {
    CASE(constructor_that_throws),
    CASE(delegating_constructor_that_throws),
    CASE(allocated_by_its_class),
    CASE(undone_by_its_class),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
