// Private members that hold registered memory whenever they hold anything: what a member function
// frees when it begins, another one registered. The destructor unregisters it.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <memory>
#include <utility>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw status;
}

class Stage {
  public:
    Stage() = default;
    Stage(const Stage &) = delete;
    ~Stage() { release(); }

    char *ensure(std::size_t bytes)
    {
        if (bytes > capacity_) {
            std::free(memory_); // expect: freed-while-registered
            memory_ = static_cast<char *>(std::malloc(bytes));
            if (!memory_)
                throw bytes;
            check(cudaHostRegister(memory_, bytes, 0));
            capacity_ = bytes;
        }
        return memory_;
    }

  private:
    void release() noexcept
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        std::free(memory_);
        memory_ = nullptr;
        capacity_ = 0;
    }

    char *memory_ = nullptr;
    std::size_t capacity_ = 0;
};

// A member function that frees, and that the destructor calls when it has unregistered, may be called
// by others before.
class Steps {
  public:
    void open()
    {
        memory_ = new char[8192];
        check(cudaHostRegister(memory_, 8192, 0));
    }
    void drop()
    {
        delete[] memory_; // expect: freed-while-registered
        memory_ = nullptr;
    }
    ~Steps()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        drop();
    }

  private:
    char *memory_ = nullptr;
};

class Moved {
  public:
    explicit Moved(std::size_t pages) : memory_(new char[4096 * (pages + 1)])
    {
        if (cudaHostRegister(memory_, 4096 * (pages + 1), 0) != cudaSuccess) {
            delete[] memory_;
            throw pages;
        }
    }
    Moved(Moved &&other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    Moved &operator=(Moved &&other) noexcept
    {
        if (this != &other) {
            delete[] memory_; // expect: freed-while-registered
            memory_ = std::exchange(other.memory_, nullptr);
        }
        return *this;
    }
    ~Moved()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};

// ---- right ----

class Assigned {
  public:
    explicit Assigned(std::size_t pages) : memory_(new char[4096 * (pages + 1)])
    {
        if (cudaHostRegister(memory_, 4096 * (pages + 1), 0) != cudaSuccess) {
            delete[] memory_;
            throw pages;
        }
    }
    Assigned &operator=(Assigned &&other) noexcept
    {
        std::swap(memory_, other.memory_);
        return *this;
    }
    Assigned(Assigned &&other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    ~Assigned()
    {
        if (memory_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};

// What may be there before it was registered is not told of.
class Filled {
  public:
    Filled() : memory_(new char[8192]) {}
    void open() { check(cudaHostRegister(memory_, 8192, 0)); }
    void replace()
    {
        delete[] memory_;
        memory_ = new char[8192];
    }
    ~Filled()
    {
        if (cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

  private:
    char *memory_;
};
