// What one member function leaves registered, others than member functions undo: friends, closures,
// bases, clients.
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <map>
#include <memory>
#include <vector>
#define REG(p) (cudaHostRegister(p, 4096, 0) == cudaSuccess)
class A
{
    char *a_ = nullptr;
    friend void a_undo(A &);

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        return a_ && REG(a_);
    }
    void close()
    {
        free(a_);
    }
};
void a_undo(A &a)
{
    (void)cudaHostUnregister(a.a_);
}
class B
{
    char *a_ = nullptr;
    std::function<void()> undo_;

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        if (!a_ || !REG(a_))
            return false;
        undo_ = [this] { (void)cudaHostUnregister(a_); };
        return true;
    }
    void stop()
    {
        undo_();
    }
    void close()
    {
        free(a_);
    }
};
struct base {
    char *p_ = nullptr;
    void unpin()
    {
        (void)cudaHostUnregister(p_);
    }
};
class C : public base
{
  public:
    bool open()
    {
        p_ = (char *)malloc(4096);
        return p_ && REG(p_);
    }
    void close()
    {
        free(p_);
    }
};
class D
{
    std::vector<char *> all_;

  public:
    bool add()
    {
        char *p = (char *)malloc(4096);
        if (!p || !REG(p))
            return false;
        all_.push_back(p);
        return true;
    }
    void stop()
    {
        for (auto *p : all_)
            (void)cudaHostUnregister(p);
    }
    void close()
    {
        for (auto *p : all_)
            free(p);
        all_.clear();
    }
};
class E
{
    std::map<int, char *> all_;

  public:
    bool add(int k)
    {
        char *p = (char *)malloc(4096);
        if (!p || !REG(p))
            return false;
        all_[k] = p;
        return true;
    }
    void stop(int k)
    {
        auto it = all_.find(k);
        if (it != all_.end())
            (void)cudaHostUnregister(it->second);
    }
    void close(int k)
    {
        free(all_[k]);
        all_.erase(k);
    }
};
class F
{
    char *a_ = nullptr;

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        return a_ && REG(a_);
    }
    char *get()
    {
        return a_;
    }
    void close()
    {
        free(a_);
    }
};
void f_user()
{
    F f;
    if (!f.open())
        return;
    (void)cudaHostUnregister(f.get());
    f.close();
}
struct registry {
    static void undo(void *p)
    {
        (void)cudaHostUnregister(p);
    }
};
class G
{
    char *a_ = nullptr;

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        return a_ && REG(a_);
    }
    void stop()
    {
        registry::undo(a_);
    }
    void close()
    {
        free(a_);
    }
};
class H
{
    std::unique_ptr<char[]> a_;

  public:
    bool open()
    {
        a_.reset(new char[4096]);
        return REG(a_.get());
    }
    void stop()
    {
        (void)cudaHostUnregister(a_.get());
    }
    void close()
    {
        a_.reset();
    }
};
template <class T> class I
{
    T *a_ = nullptr;

  public:
    bool open()
    {
        a_ = new T[4096];
        return REG(a_);
    }
    void stop()
    {
        (void)cudaHostUnregister(a_);
    }
    void close()
    {
        delete[] a_;
    }
};
template class I<char>;
class J
{
    char *a_ = nullptr;
    bool pinned_ = false;

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        pinned_ = a_ && REG(a_);
        return a_;
    }
    void close()
    {
        if (pinned_)
            (void)cudaHostUnregister(a_);
        free(a_);
    }
    void drop_plain()
    {
        if (!pinned_)
            free(a_);
    }
};
namespace
{
struct K {
    char *a;
};
K *the;
} // namespace
bool k_open()
{
    the = new K;
    the->a = (char *)malloc(4096);
    return the->a && REG(the->a);
}
void k_stop()
{
    (void)cudaHostUnregister(the->a);
}
void k_close()
{
    free(the->a);
    delete the;
}
class L
{
    char *a_ = nullptr;

  public:
    bool open()
    {
        a_ = (char *)malloc(4096);
        return a_ && REG(a_);
    }
    template <class Fn> void with(Fn fn)
    {
        fn(a_);
    }
    void close()
    {
        free(a_);
    }
};
void l_user(L &l)
{
    l.with([](char *p) { (void)cudaHostUnregister(p); });
    l.close();
}
