/* Objects that are destroyed through their base: what was constructed says which destructor runs.
 */
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <memory>
#include <utility>
#include <new>

class Buffer
{
  public:
    virtual ~Buffer() = default;
    virtual char *data() = 0;
    virtual void close()
    {
    }
};

static char *registered(size_t n)
{
    char *p = static_cast<char *>(std::malloc(n));
    if (!p || cudaHostRegister(p, n, 0) != cudaSuccess) { // expect: nonconstant-size
        std::free(p);
        throw std::bad_alloc();
    }
    return p;
}

class Right final : public Buffer
{
    char *p_;

  public:
    explicit Right(size_t n) : p_(registered(n))
    {
    }
    ~Right() override
    {
        (void)cudaHostUnregister(p_);
        std::free(p_);
    }
    char *data() override
    {
        return p_;
    }
};

class Wrong final : public Buffer
{
    char *p_;

  public:
    explicit Wrong(size_t n) : p_(registered(n))
    {
    }
    ~Wrong() override
    {
        std::free(p_); // expect: freed-while-registered
    }
    char *data() override
    {
        return p_;
    }
};

class Closed final : public Buffer
{
    char *p_;

  public:
    explicit Closed(size_t n) : p_(registered(n))
    {
    }
    void close() override
    {
        if (p_)
            (void)cudaHostUnregister(p_);
        std::free(p_);
        p_ = nullptr;
    }
    ~Closed() override
    {
        close();
    }
    char *data() override
    {
        return p_;
    }
};

static std::unique_ptr<Buffer> make(size_t n)
{
    return std::make_unique<Right>(n);
}

void right()
{
    auto made = make(4096);
    made->data()[0] = 1;
    Buffer *raw = new Right(64);
    raw->data()[0] = 1;
    delete raw;
    Buffer *closed = new Closed(64);
    closed->close();
    delete closed;
}

void wrong()
{
    std::unique_ptr<Buffer> b = std::make_unique<Wrong>(4096);
    b->data()[0] = 1;
}

// A type that is erased behind a class template of which no text declares the destructor.
struct Erased {
    virtual ~Erased() = default;
};

template <class T> struct ErasedAs : Erased {
    T held;
    explicit ErasedAs(T &&given) : held(std::move(given))
    {
    }
};

class AnyBuffer
{
    std::unique_ptr<Erased> held_;

  public:
    template <class T> explicit AnyBuffer(T given) : held_(new ErasedAs<T>(std::move(given)))
    {
    }
};

struct Undoes {
    char *p;
    Undoes() : p(registered(8192))
    {
    }
    Undoes(Undoes &&other) noexcept : p(std::exchange(other.p, nullptr))
    {
    }
    ~Undoes()
    {
        if (p)
            (void)cudaHostUnregister(p);
        std::free(p);
    }
};

struct Forgets {
    char *p;
    Forgets() : p(registered(8192))
    {
    }
    Forgets(Forgets &&other) noexcept : p(std::exchange(other.p, nullptr))
    {
    }
    ~Forgets()
    {
        std::free(p); // expect: freed-while-registered
    }
};

void erased()
{
    AnyBuffer right{Undoes()};
    AnyBuffer wrong{Forgets()};
}
