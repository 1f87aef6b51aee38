/* Objects that are made, exchanged and destroyed with their parts: `this` in a default member
 * initialiser is the part, what std::exchange takes out leaves an empty owner behind, and parts end
 * before what they lie in. */
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

struct hook {
    hook *prev = this, *next = this;
    void unlink()
    {
        prev->next = next;
        next->prev = prev;
        prev = next = this;
    }
    void insert_before(hook *other)
    {
        other->prev = prev;
        other->next = this;
        prev->next = other;
        prev = other;
    }
    bool linked() const
    {
        return next != this;
    }
};

class page : public hook
{
    friend class pages;
    void *memory_ = ::operator new(8192);
    bool pinned_ = cudaHostRegister(memory_, 8192, cudaHostRegisterPortable) == cudaSuccess;

  public:
    page() = default;
    ~page()
    {
        if (pinned_)
            (void)cudaHostUnregister(memory_);
        ::operator delete(memory_);
    }
};

class pages
{
    int first_ = 1; /* another object lies in front of the list */
    hook all_;

  public:
    pages() = default;
    pages(const pages &) = delete;
    ~pages()
    {
        while (all_.linked())
            remove(static_cast<page *>(all_.next));
    }
    void add()
    {
        all_.insert_before(new page);
    }
    void remove(page *p)
    {
        p->unlink();
        delete p;
    }
};

void listed()
{
    pages all;
    all.add();
    all.add();
}

struct sizes {
    std::size_t bytes = 8192;
    void *memory = std::malloc(bytes);
    bool pinned = memory && cudaHostRegister(memory, bytes, 0) == cudaSuccess;
};

struct two_sizes {
    int number = 3;
    sizes one, other;
};

void right_sizes()
{
    two_sizes s;
    if (s.one.pinned)
        (void)cudaHostUnregister(s.one.memory);
    if (s.other.pinned)
        (void)cudaHostUnregister(s.other.memory);
    std::free(s.one.memory);
    std::free(s.other.memory);
}

void wrong_sizes()
{
    two_sizes s;
    if (s.one.pinned)
        (void)cudaHostUnregister(s.one.memory);
    if (s.other.pinned)
        std::free(s.other.memory); // expect: freed-while-registered
    std::free(s.one.memory);
}

class chunk
{
    std::unique_ptr<char[]> memory_;
    bool pinned_ = false;
    void drop()
    {
        if (pinned_)
            (void)cudaHostUnregister(memory_.get());
        pinned_ = false;
        memory_.reset();
    }

  public:
    explicit chunk(std::size_t bytes) : memory_(new char[bytes + 1])
    {
        pinned_ = cudaHostRegister(memory_.get(), bytes + 1, 0) == cudaSuccess;
    }
    chunk(chunk &&other) noexcept
        : memory_(std::exchange(other.memory_, nullptr)),
          pinned_(std::exchange(other.pinned_, false))
    {
    }
    chunk &operator=(chunk &&other) noexcept
    {
        drop();
        memory_ = std::exchange(other.memory_, nullptr);
        pinned_ = std::exchange(other.pinned_, false);
        return *this;
    }
    ~chunk()
    {
        drop();
    }
};

class samples
{
    std::vector<float> values_;
    bool pinned_ = false;

  public:
    explicit samples(std::size_t count) : values_(count + 1)
    {
        pinned_ =
            cudaHostRegister(values_.data(), values_.size() * sizeof(float), 0) == cudaSuccess;
    }
    samples(samples &&other) noexcept
        : values_(std::exchange(other.values_, {})), pinned_(std::exchange(other.pinned_, false))
    {
    }
    ~samples()
    {
        if (pinned_)
            (void)cudaHostUnregister(values_.data());
    }
};

struct slots {
    std::array<std::optional<chunk>, 3> all;
};

void in_slots()
{
    slots s;
    s.all[0] = chunk(9000);
    s.all[1] = chunk(8000);
    s.all[2].emplace(7000);
}

void moved()
{
    samples first(4096);
    samples second(std::move(first));
    chunk a(8192), b(4096);
    a = std::move(b);
}

void exchanged_too_early()
{
    std::vector<char> v(8192);
    if (cudaHostRegister(v.data(), v.size(), 0) != cudaSuccess)
        return;
    {
        std::vector<char> old = std::exchange(v, {});
    } // expect: freed-while-registered
}

int main()
{
    listed();
    right_sizes();
    in_slots();
    moved();
    return 0;
}
