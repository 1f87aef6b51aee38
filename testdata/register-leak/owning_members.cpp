/* Members whose deleters or destructors undo the registration: no member function needs to. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}
struct Unpin {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
class A
{
    std::unique_ptr<char[], Unpin> d_;

  public:
    A() : d_(new char[4096])
    {
        ck(cudaHostRegister(d_.get(), 4096, 0));
    }
};
class B
{
    std::unique_ptr<char[], Unpin> d_;

  public:
    B()
    {
        char *p = new char[4096];
        ck(cudaHostRegister(p, 4096, 0));
        d_.reset(p);
    }
};
class C
{
    std::shared_ptr<char> d_;

  public:
    C()
    {
        char *p = new char[4096];
        ck(cudaHostRegister(p, 4096, 0));
        d_ = std::shared_ptr<char>(p, [](char *q) {
            (void)cudaHostUnregister(q);
            delete[] q;
        });
    }
};
class D
{
    std::unique_ptr<char, void (*)(char *)> d_;
    static void del(char *q)
    {
        (void)cudaHostUnregister(q);
        delete[] q;
    }

  public:
    D() : d_(new char[4096], del)
    {
        ck(cudaHostRegister(d_.get(), 4096, 0));
    }
};
struct Reg {
    char *p;
    Reg(char *q) : p(q)
    {
        ck(cudaHostRegister(p, 4096, 0));
    }
    ~Reg()
    {
        (void)cudaHostUnregister(p);
    }
    Reg(const Reg &) = delete;
};
class E
{
    std::unique_ptr<char[]> m_;
    Reg r_;

  public:
    E() : m_(new char[4096]), r_(m_.get())
    {
    }
};
class F
{
    std::unique_ptr<char[], Unpin> d_;

  public:
    F(bool b)
    {
        char *p = new char[4096];
        ck(cudaHostRegister(p, 4096, 0));
        d_.reset(p);
        if (b)
            throw 1;
    }
};
class G
{
    std::unique_ptr<char[], Unpin> d_;

  public:
    void pin()
    {
        char *p = new char[4096];
        ck(cudaHostRegister(p, 4096, 0));
        d_.reset(p);
    }
};
class I
{
    std::unique_ptr<char[]> d_;

  public:
    I() : d_(std::make_unique<char[]>(4096))
    {
        ck(cudaHostRegister(d_.get(), 4096, 0));
    }
    ~I()
    {
        (void)cudaHostUnregister(d_.get());
    }
};
static std::unique_ptr<char[], Unpin> global_one;
void init_global()
{
    char *p = new char[4096];
    ck(cudaHostRegister(p, 4096, 0));
    global_one.reset(p);
}
