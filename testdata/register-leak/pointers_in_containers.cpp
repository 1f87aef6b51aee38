// A class, or a file, that keeps registered pointers in a container: it owes the unregister calls.
#include <algorithm>
#include <cuda_runtime_api.h>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace pools
{
class Pool1
{ // never unregistered
  public:
    bool add(void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0) != cudaSuccess) // expect: register-leak
            return false;
        all_.push_back(p);
        return true;
    }
    ~Pool1()
    {
        all_.clear();
    }

  private:
    std::vector<void *> all_;
};
class Pool2
{ // ok
  public:
    bool add(void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0) != cudaSuccess)
            return false;
        all_.push_back(p);
        return true;
    }
    ~Pool2()
    {
        for (void *p : all_)
            (void)cudaHostUnregister(p);
    }

  private:
    std::vector<void *> all_;
};
class Pool3
{
  public:
    void add(int k, void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0) != cudaSuccess) // expect: register-leak
            return;
        all_[k] = p;
    }

  private:
    std::map<int, void *> all_;
};
class Pool4
{ // ok
  public:
    void add(int k, void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0) != cudaSuccess)
            return;
        all_[k] = p;
    }
    void drop(int k)
    {
        auto it = all_.find(k);
        if (it != all_.end()) {
            (void)cudaHostUnregister(it->second);
            all_.erase(it);
        }
    }

  private:
    std::map<int, void *> all_;
};
class Pool5
{ // allocated here, pushed, only freed
  public:
    void add(size_t n)
    {
        char *p = new char[n + 1];
        if (cudaHostRegister(p, n + 1, 0) != cudaSuccess) {
            delete[] p;
            return;
        }
        all_.push_back(p);
    }
    ~Pool5()
    {
        for (char *p : all_)
            delete[] p; // expect: freed-while-registered
    }

  private:
    std::vector<char *> all_;
};
class Pool6
{ // ok getter gives them away
  public:
    void add(void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0) != cudaSuccess)
            return;
        all_.push_back(p);
    }
    const std::vector<void *> &all() const
    {
        return all_;
    }

  private:
    std::vector<void *> all_;
};
} // namespace pools

namespace right
{
#define REG(p, n) ((n) != 0 && cudaHostRegister(p, n, 0) == cudaSuccess)
class A1
{
    std::list<void *> l1_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l1_.push_front(p);
    }
    ~A1()
    {
        for (auto *p : l1_)
            (void)cudaHostUnregister(p);
    }
};
class A2
{
    std::deque<void *> l2_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l2_.push_back(p);
    }
    ~A2()
    {
        while (!l2_.empty()) {
            (void)cudaHostUnregister(l2_.front());
            l2_.pop_front();
        }
    }
};
class A3
{
    std::vector<void *> l3_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l3_.emplace_back(p);
    }
    ~A3()
    {
        for (size_t i = 0; i < l3_.size(); i++)
            (void)cudaHostUnregister(l3_[i]);
    }
};
class A4
{
    std::vector<void *> l4_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l4_.emplace_back(p);
    }
    ~A4()
    {
        for (auto it = l4_.rbegin(); it != l4_.rend(); ++it)
            (void)cudaHostUnregister(*it);
    }
};
class A5
{
    std::vector<void *> l5_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l5_.emplace_back(p);
    }
    ~A5()
    {
        std::for_each(l5_.begin(), l5_.end(), [](void *p) { (void)cudaHostUnregister(p); });
    }
};
class A6
{
    std::vector<void *> l6_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l6_.emplace_back(p);
    }
    ~A6()
    {
        std::for_each(l6_.begin(), l6_.end(), cudaHostUnregister);
    }
};
class A7
{
    std::vector<void *> l7_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l7_.emplace_back(p);
    }
    void take(std::vector<void *> &out)
    {
        out.swap(l7_);
    }
};
class A8
{
    std::vector<void *> l8_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l8_.emplace_back(p);
    }
    std::vector<void *> take()
    {
        return std::move(l8_);
    }
};
class A9
{
    std::vector<void *> l9_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l9_.emplace_back(p);
    }
    void remove(void *p)
    {
        auto it = std::find(l9_.begin(), l9_.end(), p);
        if (it != l9_.end()) {
            (void)cudaHostUnregister(p);
            l9_.erase(it);
        }
    }
};
class A10
{
    std::vector<void *> l10_;
    void drop()
    {
        while (l10_.size()) {
            void *p = l10_.back();
            l10_.pop_back();
            (void)cudaHostUnregister(p);
        }
    }

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l10_.emplace_back(p);
    }
    ~A10()
    {
        drop();
    }
};
struct Rec {
    void *p;
    size_t n;
};
class A11
{
    std::vector<Rec> l11_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l11_.push_back({p, n});
    }
    ~A11()
    {
        for (auto &r : l11_)
            (void)cudaHostUnregister(r.p);
    }
};
class A12
{
    std::vector<std::pair<void *, size_t>> l12_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l12_.emplace_back(p, n);
    }
    ~A12()
    {
        for (auto &r : l12_)
            (void)cudaHostUnregister(r.first);
    }
};
class A13
{
    std::vector<std::pair<void *, size_t>> l13_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l13_.emplace_back(p, n);
    }
    ~A13()
    {
        for (auto &[p, n] : l13_)
            (void)cudaHostUnregister(p);
    }
};
class A14
{
    std::set<void *> l14_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l14_.insert(p);
    }
    ~A14()
    {
        for (auto *p : l14_)
            (void)cudaHostUnregister(p);
    }
};
class A15
{
    std::vector<void *> l15_;
    friend void clear(A15 &a);

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l15_.push_back(p);
    }
};
void clear(A15 &a)
{
    for (void *p : a.l15_)
        (void)cudaHostUnregister(p);
}
class A16
{
    std::vector<void *> l16_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l16_.push_back(p);
    }
    template <class F> void each(F f)
    {
        for (void *p : l16_)
            f(p);
    }
};
static void drop_all(std::vector<void *> &v)
{
    for (void *p : v)
        (void)cudaHostUnregister(p);
    v.clear();
}
class A17
{
    std::vector<void *> l17_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l17_.push_back(p);
    }
    ~A17()
    {
        drop_all(l17_);
    }
};
void drop_unseen(std::vector<void *> &v);
class A18
{
    std::vector<void *> l18_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l18_.push_back(p);
    }
    ~A18()
    {
        drop_unseen(l18_);
    }
};
class A19
{
    std::vector<void *> l19_;
    std::vector<void *> old_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l19_.push_back(p);
    }
    ~A19()
    {
        old_ = l19_;
        for (void *p : old_)
            (void)cudaHostUnregister(p);
    }
};
class A20
{
    std::vector<void *> l20_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l20_.push_back(p);
    }
    ~A20()
    {
        auto copy = l20_;
        for (void *p : copy)
            (void)cudaHostUnregister(p);
    }
};
class A21
{
    std::vector<void *> l21_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l21_.push_back(p);
    }
    ~A21()
    {
        void **d = l21_.data();
        for (size_t i = 0, e = l21_.size(); i < e; i++)
            (void)cudaHostUnregister(d[i]);
    }
};
class A22
{
    std::vector<char *> l22_;

  public:
    void add(size_t n)
    {
        char *p = new char[n + 1];
        if (!REG(p, n + 1)) {
            delete[] p;
            return;
        }
        l22_.push_back(p);
    }
    ~A22()
    {
        for (char *p : l22_) {
            (void)cudaHostUnregister(p);
            delete[] p;
        }
    }
};
class A23
{
    std::vector<std::unique_ptr<char[]>> l23_;

  public:
    void add(size_t n)
    {
        auto p = std::make_unique<char[]>(n + 1);
        if (REG(p.get(), n + 1))
            l23_.push_back(std::move(p));
    }
    ~A23()
    {
        for (auto &p : l23_)
            (void)cudaHostUnregister(p.get());
    }
};
class A24
{
    std::vector<std::vector<char>> l24_;

  public:
    void add(size_t n)
    {
        std::vector<char> v(n + 1);
        if (REG(v.data(), n + 1))
            l24_.push_back(std::move(v));
    }
    ~A24()
    {
        for (auto &p : l24_)
            (void)cudaHostUnregister(p.data());
    }
};
class A25
{
  protected:
    std::vector<void *> l25_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l25_.push_back(p);
    }
};
class A26 : public A25
{
  public:
    ~A26()
    {
        for (void *p : l25_)
            (void)cudaHostUnregister(p);
    }
};
class A27
{
    std::vector<void *> l27_;
    void undo(void *p)
    {
        (void)cudaHostUnregister(p);
    }

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l27_.push_back(p);
    }
    ~A27()
    {
        for (void *p : l27_)
            undo(p);
    }
};
} // namespace right

namespace statics
{
static std::vector<void *> g_all;
void s_add(void *p, size_t n)
{
    if (n && cudaHostRegister(p, n, 0) == cudaSuccess) // expect: register-leak
        g_all.push_back(p);
}
static std::vector<void *> g_b;
void s_addb(void *p, size_t n)
{
    if (n && cudaHostRegister(p, n, 0) == cudaSuccess)
        g_b.push_back(p);
}
void s_drop()
{
    for (void *p : g_b)
        (void)cudaHostUnregister(p);
    g_b.clear();
}
static std::vector<void *> g_c;
std::vector<void *> &all_c()
{
    return g_c;
}
void s_addc(void *p, size_t n)
{
    if (n && cudaHostRegister(p, n, 0) == cudaSuccess)
        g_c.push_back(p);
}
static std::vector<void *> g_d;
void drop(std::vector<void *> &);
void s_addd(void *p, size_t n)
{
    if (n && cudaHostRegister(p, n, 0) == cudaSuccess)
        g_d.push_back(p);
}
void s_dropd()
{
    drop(g_d);
}
} // namespace statics
