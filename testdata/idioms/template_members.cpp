/* What a class template's destructor calls is the member of the instance: it asks the arguments
 * what the constructor asked them. */
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <utility>

struct pageable {
    static constexpr bool pins = false;
};
struct pinned {
    static constexpr bool pins = true;
};

template <class Policy, std::size_t Align = 4096> class staging
{
    void *base_ = nullptr;

  public:
    explicit staging(std::size_t bytes)
        : base_(std::aligned_alloc(Align, (bytes / Align + 1) * Align))
    {
        if (!base_)
            std::abort();
        if constexpr (Policy::pins)
            if (cudaHostRegister(base_, bytes + 1, cudaHostRegisterDefault) != cudaSuccess)
                std::abort();
    }
    staging(const staging &) = delete;
    staging &operator=(staging &&other) noexcept
    {
        if (this != &other) {
            release();
            base_ = std::exchange(other.base_, nullptr);
        }
        return *this;
    }
    ~staging()
    {
        release();
    }
    void *get() const
    {
        return base_;
    }

  private:
    void unpin() noexcept
    {
        if constexpr (Policy::pins)
            (void)cudaHostUnregister(base_);
    }
    void release() noexcept
    {
        if (!base_)
            return;
        unpin();
        std::free(base_);
        base_ = nullptr;
    }
};

/* It asks the wrong way round. */
template <class Policy> class upside_down
{
    void *base_ = nullptr;

  public:
    explicit upside_down(std::size_t bytes) : base_(std::malloc(bytes + 1))
    {
        if (!base_)
            std::abort();
        if constexpr (Policy::pins)
            if (cudaHostRegister(base_, bytes + 1, cudaHostRegisterDefault) != cudaSuccess)
                std::abort();
    }
    upside_down(const upside_down &) = delete;
    ~upside_down()
    {
        release();
    }

  private:
    void release() noexcept
    {
        if constexpr (!Policy::pins)
            (void)cudaHostUnregister(base_); // expect: unregister-unregistered
        std::free(base_);                    // expect: freed-while-registered
    }
};

void never_registered()
{
    upside_down<pageable> wrong(8192);
}

void still_registered()
{
    upside_down<pinned> wrong(8192);
}

// Braces around what a member begins with.
template <class T, std::size_t Count> class braced
{
    std::unique_ptr<std::array<T, Count>> made_{std::make_unique<std::array<T, Count>>()};
    std::unique_ptr<T[], void (*)(T *)> given_{new T[Count], [](T *data) { delete[] data; }};
    std::pair<T *, std::size_t> pair_{new T[Count], 8192};

  public:
    braced()
    {
        if (cudaHostRegister(made_.get(), sizeof(*made_), cudaHostRegisterDefault) != cudaSuccess ||
            cudaHostRegister(given_.get(), Count, cudaHostRegisterDefault) != cudaSuccess ||
            cudaHostRegister(pair_.first, 8192, cudaHostRegisterDefault) != cudaSuccess)
            std::abort();
    }
    ~braced()
    {
        (void)cudaHostUnregister(made_.get());
        (void)cudaHostUnregister(given_.get());
        (void)cudaHostUnregister(pair_.first);
        delete[] pair_.first;
    }
};

template <class T, std::size_t Count> class braced_and_left
{
    std::unique_ptr<std::array<T, Count>> data_{new std::array<T, Count>};

  public:
    braced_and_left()
    {
        if (cudaHostRegister(data_->data(), Count, cudaHostRegisterDefault) != cudaSuccess)
            std::abort();
    }
    ~braced_and_left()
    {
    } // expect: freed-while-registered
};

void braces()
{
    braced<char, 8192> right;
    braced_and_left<char, 8192> wrong;
}

int main()
{
    staging<pageable> plain(8192);
    staging<pinned> first(8192), second(10000);
    first = std::move(second);
    return first.get() && plain.get() ? 0 : 1;
}

// How many there are, the instance knows.
struct slot {
    float *block;
};

template <int Depth> class slots
{
    slot slots_[Depth];

  public:
    slots()
    {
        for (slot &one : slots_) {
            one.block = new float[4096];
            if (cudaHostRegister(one.block, 4096 * sizeof(float), 0) != cudaSuccess)
                std::abort();
        }
    }
    ~slots()
    {
        for (slot &one : slots_) {
            if (cudaHostUnregister(one.block) != cudaSuccess)
                std::abort();
            delete[] one.block;
        }
    }
};

void three_slots()
{
    slots<3> all;
}

template <int Depth> class slots_freed_too_soon
{
    slot slots_[Depth];

  public:
    slots_freed_too_soon()
    {
        for (slot &one : slots_) {
            one.block = new float[4096];
            if (cudaHostRegister(one.block, 4096 * sizeof(float), 0) != cudaSuccess)
                std::abort();
        }
    }
    ~slots_freed_too_soon()
    {
        for (slot &one : slots_) {
            delete[] one.block; // expect: freed-while-registered
            if (cudaHostUnregister(one.block) != cudaSuccess)
                std::abort();
        }
    }
};

void three_slots_freed_too_soon()
{
    slots_freed_too_soon<3> all;
}
