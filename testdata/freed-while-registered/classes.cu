// Members: what the destructor does, in which order, and what copies and moves do to it.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include "../run_case.h"

#define CUDA_OK(call)                                                                              \
    do {                                                                                           \
        if (cudaError_t code = (call)) {                                                           \
            std::fprintf(stderr, "%s: %s\n", #call, cudaGetErrorName(code));                       \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)

// Right.
class ring
{
  public:
    ring() : block_(static_cast<char *>(std::malloc(4096)))
    {
        if (block_ == nullptr)
            throw std::bad_alloc();
        CUDA_OK(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    ring(const ring &) = delete;
    ring &operator=(const ring &) = delete;
    ring(ring &&other) noexcept : block_(other.block_)
    {
        other.block_ = nullptr;
    }
    ring &operator=(ring &&other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }
    ~ring()
    {
        if (block_ != nullptr) {
            CUDA_OK(cudaHostUnregister(block_));
            std::free(block_);
        }
    }

  private:
    char *block_;
};

// The destructor frees first.
class ring_freed_first
{
  public:
    ring_freed_first() : block_(new char[4096])
    {
        CUDA_OK(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    ring_freed_first(const ring_freed_first &) = delete;
    ring_freed_first &operator=(const ring_freed_first &) = delete;
    ~ring_freed_first()
    {
        delete[] block_; // expect: freed-while-registered
        CUDA_OK(cudaHostUnregister(block_));
    }

  private:
    char *block_;
};

// "for members, the closing brace of the destructor"
class samples
{
  public:
    samples() : values_(4096)
    {
        CUDA_OK(cudaHostRegister(values_.data(), values_.size() * sizeof(float), 0));
    }
    samples(const samples &) = delete;
    samples &operator=(const samples &) = delete;
    ~samples()
    {
        std::printf("samples end\n");
    } // expect: freed-while-registered

  private:
    std::vector<float> values_;
};

// Right: the same with the missing call.
class samples_in_order
{
  public:
    samples_in_order() : values_(4096)
    {
        CUDA_OK(cudaHostRegister(values_.data(), values_.size() * sizeof(float), 0));
    }
    samples_in_order(const samples_in_order &) = delete;
    samples_in_order &operator=(const samples_in_order &) = delete;
    ~samples_in_order()
    {
        (void)cudaHostUnregister(values_.data());
    }

  private:
    std::vector<float> values_;
};

// A member function replaces the block.
class growing
{
  public:
    growing() : values_(16)
    {
        CUDA_OK(cudaHostRegister(values_.data(), 16 * sizeof(int), 0));
    }
    growing(const growing &) = delete;
    growing &operator=(const growing &) = delete;
    ~growing()
    {
        (void)cudaHostUnregister(values_.data());
    }
    // Right.
    void regrow()
    {
        CUDA_OK(cudaHostUnregister(values_.data()));
        values_.resize(1024);
        CUDA_OK(cudaHostRegister(values_.data(), 1024 * sizeof(int), 0));
    }

  private:
    std::vector<int> values_;
};

// Right: registered on demand, and the flag tells the destructor.
class lazy
{
  public:
    explicit lazy(bool pin) : block_(new char[4096])
    {
        if (pin)
            registered_ = cudaHostRegister(block_, 4096, cudaHostRegisterDefault) == cudaSuccess;
    }
    lazy(const lazy &) = delete;
    lazy &operator=(const lazy &) = delete;
    ~lazy()
    {
        if (registered_)
            (void)cudaHostUnregister(block_);
        delete[] block_;
    }

  private:
    char *block_;
    bool registered_ = false;
};

void all_in_order()
{
    ring first;
    ring second(std::move(first));
    ring third;
    samples_in_order values;
    growing numbers;
    lazy pinned(true), pageable(false);

    third = std::move(second);
    numbers.regrow();
}

void freed_first()
{
    ring_freed_first block;
}

void members_die()
{
    samples values;
}

static const struct run_case cases[] = {CASE(all_in_order), CASE(freed_first), CASE(members_die)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
