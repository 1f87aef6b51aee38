// Classes that remember whether their memory is registered, in a member that the destructor asks:
// their functions may be called at any time, and those that release the memory have to ask, too.
#include <cstdlib>
#include <cuda_runtime.h>
#include <stdexcept>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

class forgets // made by the constructor
{
    float *data_;
    std::size_t count_;
    bool is_pinned_ = false;

  public:
    explicit forgets(std::size_t count) : data_(new float[count + 4096]), count_(count + 4096) {}
    forgets(const forgets &) = delete;
    void pin()
    {
        if (!is_pinned_) {
            check(cudaHostRegister(data_, 4096 * sizeof *data_, 0));
            is_pinned_ = true;
        }
    }
    void resize(std::size_t count)
    {
        if (count <= count_)
            return;
        delete[] data_; // expect: freed-while-registered
        data_ = new float[count];
        count_ = count;
    }
    ~forgets()
    {
        if (is_pinned_)
            (void)cudaHostUnregister(data_);
        delete[] data_;
    }
};

class loads_again // made by a function that may be called again
{
    char *data_ = nullptr;
    bool is_pinned_ = false;

  public:
    loads_again() = default;
    loads_again(const loads_again &) = delete;
    bool load(std::size_t bytes)
    {
        std::free(data_); // expect: freed-while-registered
        data_ = static_cast<char *>(std::malloc(bytes + 4096));
        return data_ != nullptr;
    }
    void pin()
    {
        if (data_ && !is_pinned_) {
            check(cudaHostRegister(data_, 4096, 0));
            is_pinned_ = true;
        }
    }
    ~loads_again()
    {
        if (is_pinned_)
            (void)cudaHostUnregister(data_);
        std::free(data_);
    }
};

class grows // a container, which a pointer remembers
{
    std::vector<char> data_;
    void *registered_ = nullptr;

  public:
    void load(std::size_t bytes)
    {
        data_.resize(bytes); // expect: freed-while-registered
    }
    void pin()
    {
        if (!data_.empty() && !registered_) {
            check(cudaHostRegister(data_.data(), data_.size(), 0));
            registered_ = data_.data();
        }
    }
    ~grows()
    {
        if (registered_)
            (void)cudaHostUnregister(registered_);
    }
};

class asks
{
    std::vector<char> data_;
    bool is_pinned_ = false;

    void unpin()
    {
        if (is_pinned_)
            check(cudaHostUnregister(data_.data()));
        is_pinned_ = false;
    }

  public:
    void load(std::size_t bytes)
    {
        unpin();
        data_.resize(bytes);
    }
    void pin()
    {
        if (!data_.empty() && !is_pinned_) {
            check(cudaHostRegister(data_.data(), data_.size(), 0));
            is_pinned_ = true;
        }
    }
    ~asks()
    {
        unpin();
    }
};

class leaves_it_to_clients // who can undo it before they load
{
    std::vector<char> data_;
    bool is_pinned_ = false;

  public:
    void unpin()
    {
        if (is_pinned_)
            check(cudaHostUnregister(data_.data()));
        is_pinned_ = false;
    }
    void load(std::size_t bytes)
    {
        data_.resize(bytes);
    }
    void pin()
    {
        if (!data_.empty() && !is_pinned_) {
            check(cudaHostRegister(data_.data(), data_.size(), 0));
            is_pinned_ = true;
        }
    }
    ~leaves_it_to_clients()
    {
        unpin();
    }
};

class refuses
{
    char *data_ = nullptr;
    bool is_pinned_ = false;

  public:
    refuses() = default;
    refuses(const refuses &) = delete;
    bool load(std::size_t bytes)
    {
        if (is_pinned_)
            return false;
        std::free(data_);
        data_ = static_cast<char *>(std::malloc(bytes + 4096));
        return data_ != nullptr;
    }
    void pin()
    {
        if (data_ && !is_pinned_) {
            check(cudaHostRegister(data_, 4096, 0));
            is_pinned_ = true;
        }
    }
    ~refuses()
    {
        if (is_pinned_)
            (void)cudaHostUnregister(data_);
        std::free(data_);
    }
};

class loads_once
{
    char *data_ = nullptr;
    bool is_pinned_ = false;

  public:
    loads_once() = default;
    loads_once(const loads_once &) = delete;
    bool load(std::size_t bytes)
    {
        if (data_)
            return false;
        data_ = static_cast<char *>(std::malloc(bytes + 4096));
        return data_ != nullptr;
    }
    void pin()
    {
        if (data_ && !is_pinned_) {
            check(cudaHostRegister(data_, 4096, 0));
            is_pinned_ = true;
        }
    }
    ~loads_once()
    {
        if (is_pinned_)
            (void)cudaHostUnregister(data_);
        std::free(data_);
    }
};

class ends_as_registered // clients have to pin before it ends: what they do first, they know
{
    char *data_;

  public:
    ends_as_registered() : data_(new char[8192]) {}
    ends_as_registered(const ends_as_registered &) = delete;
    void pin()
    {
        check(cudaHostRegister(data_, 8192, 0));
    }
    void replace()
    {
        delete[] data_;
        data_ = new char[8192];
    }
    ~ends_as_registered()
    {
        (void)cudaHostUnregister(data_);
        delete[] data_;
    }
};
