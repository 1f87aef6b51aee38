/* Members that own memory with a deleter that their type says nothing of: what the class gives them,
 * in whichever of its functions, frees what another one of its functions has registered. */
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <sys/mman.h>
#include <utility>

#include <cuda_runtime.h>

namespace {

void give_back(float *numbers)
{
    std::free(numbers);
}

void unpin_and_give_back(float *numbers)
{
    (void)cudaHostUnregister(numbers);
    std::free(numbers);
}

struct frees {
    void operator()(char *bytes) const
    {
        std::free(bytes);
    }
};

struct unmaps {
    std::size_t bytes;
    void operator()(void *pages) const
    {
        munmap(pages, bytes);
    }
};

} // namespace

class samples { /* expect: freed-while-registered */
public:
    bool allocate(std::size_t count)
    {
        samples_ = std::unique_ptr<float, void (*)(float *)>(
            static_cast<float *>(std::malloc(count * sizeof(float))), give_back);
        count_ = count;
        return samples_ != nullptr;
    }
    bool pin()
    {
        return count_ > 0 && cudaHostRegister(samples_.get(), count_ * sizeof(float),
                                              cudaHostRegisterDefault) == cudaSuccess;
    }

private:
    std::unique_ptr<float, void (*)(float *)> samples_{nullptr, give_back};
    std::size_t count_ = 0;
};

/* The deleter undoes it. */
class weights {
public:
    bool allocate(std::size_t count)
    {
        weights_ = std::unique_ptr<float, void (*)(float *)>(
            static_cast<float *>(std::malloc(count * sizeof(float))), unpin_and_give_back);
        count_ = count;
        return weights_ != nullptr;
    }
    bool pin()
    {
        return count_ > 0 && cudaHostRegister(weights_.get(), count_ * sizeof(float),
                                              cudaHostRegisterDefault) == cudaSuccess;
    }

private:
    std::unique_ptr<float, void (*)(float *)> weights_{nullptr, give_back};
    std::size_t count_ = 0;
};

/* What it is given elsewhere, with a deleter that nobody sees. */
class borrowed {
public:
    borrowed(std::unique_ptr<float, void (*)(float *)> lent, std::size_t count)
        : lent_(std::move(lent)), count_(count)
    {
    }
    bool pin()
    {
        return count_ > 0 && cudaHostRegister(lent_.get(), count_ * sizeof(float),
                                              cudaHostRegisterDefault) == cudaSuccess;
    }

private:
    std::unique_ptr<float, void (*)(float *)> lent_;
    std::size_t count_;
};

class ring { /* expect: freed-while-registered */
public:
    explicit ring(std::size_t bytes) : bytes_(bytes)
    {
        ring_.reset(static_cast<char *>(std::malloc(bytes)), frees{});
        if (!ring_)
            throw std::bad_alloc();
    }
    void lock()
    {
        if (bytes_ && cudaHostRegister(ring_.get(), bytes_, 0) != cudaSuccess)
            throw std::bad_alloc();
    }

private:
    std::size_t bytes_;
    std::shared_ptr<char> ring_;
};

/* Others may own it too, and undo it. */
class shown_ring {
public:
    explicit shown_ring(std::size_t bytes) : bytes_(bytes)
    {
        shown_.reset(static_cast<char *>(std::malloc(bytes)), frees{});
        if (!shown_)
            throw std::bad_alloc();
    }
    void lock()
    {
        if (bytes_ && cudaHostRegister(shown_.get(), bytes_, 0) != cudaSuccess)
            throw std::bad_alloc();
    }
    std::shared_ptr<char> share() const
    {
        return shown_;
    }

private:
    std::size_t bytes_;
    std::shared_ptr<char> shown_;
};

class region { /* expect: freed-while-registered */
public:
    explicit region(std::size_t bytes)
        : bytes_(bytes), pages_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                                unmaps{bytes})
    {
    }
    cudaError_t pin()
    {
        return bytes_ ? cudaHostRegister(pages_.get(), bytes_, 0) : cudaSuccess;
    }

private:
    std::size_t bytes_;
    std::unique_ptr<void, std::function<void(void *)>> pages_;
};

class undone_region {
public:
    explicit undone_region(std::size_t bytes)
        : bytes_(bytes), mapped_(mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                                 [bytes](void *pages) {
                                     (void)cudaHostUnregister(pages);
                                     munmap(pages, bytes);
                                 })
    {
    }
    cudaError_t pin()
    {
        return bytes_ ? cudaHostRegister(mapped_.get(), bytes_, 0) : cudaSuccess;
    }

private:
    std::size_t bytes_;
    std::unique_ptr<void, std::function<void(void *)>> mapped_;
};

/* Moved and swapped: from members of the same kind alone. */
class page { /* expect: freed-while-registered */
public:
    page() : page_(static_cast<char *>(std::aligned_alloc(4096, 8192)), &std::free)
    {
    }
    page(page &&) = default;
    page &operator=(page &&other) noexcept
    {
        page_ = std::move(other.page_);
        return *this;
    }
    void swap(page &other)
    {
        std::swap(page_, other.page_);
    }
    void pin()
    {
        if (cudaHostRegister(page_.get(), 8192, cudaHostRegisterPortable) != cudaSuccess)
            std::abort();
    }

private:
    std::unique_ptr<char, decltype(&std::free)> page_;
};
