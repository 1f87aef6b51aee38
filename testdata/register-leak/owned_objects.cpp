/* Owners run the destructors of what they point to. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}
class Buf
{
    char *p_;

  public:
    Buf() : p_(new char[4096])
    {
        ck(cudaHostRegister(p_, 4096, 0));
    }
    ~Buf()
    {
        (void)cudaHostUnregister(p_);
        delete[] p_;
    }
    Buf(const Buf &) = delete;
    char *get()
    {
        return p_;
    }
};
class Bad
{
    char *p_;

  public:
    Bad() : p_(new char[4096])
    {
        ck(cudaHostRegister(p_, 4096, 0));
    }
    ~Bad()
    {
        delete[] p_; // expect: freed-while-registered
    }
    Bad(const Bad &) = delete;
};
void a()
{
    std::unique_ptr<Buf> b(new Buf);
}
void b()
{
    auto b = std::make_unique<Buf>();
    b->get()[0] = 1;
}
void c()
{
    std::shared_ptr<Buf> b(new Buf);
    auto c = b;
}
void d()
{
    std::shared_ptr<Buf> b(new Buf);
    b.reset();
}
void e()
{
    auto b = std::make_shared<Buf>();
    auto c = b;
}
std::unique_ptr<Buf> make()
{
    std::unique_ptr<Buf> b(new Buf);
    return b;
}
void f()
{
    auto x = make();
    auto y = std::move(x);
    y.reset(new Buf);
}
void g()
{
    std::unique_ptr<Bad> b(new Bad);
}
struct Base {
    virtual ~Base() = default;
};
struct Derived : Base {
    char *p = new char[64];
    Derived()
    {
        ck(cudaHostRegister(p, 64, 0));
    }
    ~Derived() override
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
void h()
{
    std::unique_ptr<Base> b(new Derived);
}
void i()
{
    std::unique_ptr<Base> b = std::make_unique<Derived>();
}
void j()
{
    Base *b = new Derived;
    delete b;
}
struct Holder {
    std::unique_ptr<Buf> b{new Buf};
};
void k()
{
    Holder h;
    Holder k = std::move(h);
}
void l(bool x)
{
    std::unique_ptr<Buf> b;
    if (x)
        b.reset(new Buf);
    if (b)
        b->get()[0] = 1;
}
struct Emb {
    char a[4096];
    Emb()
    {
        ck(cudaHostRegister(a, sizeof a, 0));
    }
    ~Emb()
    {
        (void)cudaHostUnregister(a);
    }
};
void m()
{
    std::unique_ptr<Emb> e(new Emb);
}

class Remembers
{ // how to free what it has
  public:
    explicit Remembers(std::size_t n) : memory(new char[n + 4096])
    {
        if (cudaHostRegister(memory, n + 4096, 0) == cudaSuccess)
            drop = drop_registered;
    }
    Remembers(const Remembers &) = delete;
    Remembers &operator=(const Remembers &) = delete;
    ~Remembers()
    {
        drop(memory);
    }

  private:
    static void drop_plain(char *memory)
    {
        delete[] memory;
    }
    static void drop_registered(char *memory)
    {
        (void)cudaHostUnregister(memory);
        delete[] memory;
    }
    char *memory;
    void (*drop)(char *) = drop_plain;
};
void n()
{
    auto one = std::make_unique<Remembers>(100);
}
