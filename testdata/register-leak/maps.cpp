// Classes and files that keep registered pointers, or owners of such, in maps.
#include <algorithm>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <ranges>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

namespace wrong
{
#define REG(p, n) ((n) != 0 && cudaHostRegister(p, n, 0) == cudaSuccess)
class W1
{
    std::map<int, void *> w1_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0)) // expect: register-leak
            return;
        w1_[k] = p;
    }
};
class W2
{
    std::map<int, void *> w2_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (n == 0 || cudaHostRegister(p, n, 0)) // expect: register-leak
            return;
        w2_.emplace(k, p);
    }
};
class W3 // expect: freed-while-registered
{
    std::vector<std::vector<char>> w3_;

  public:
    void add(int k)
    {
        w3_.emplace_back(100);
        ck(cudaHostRegister(w3_.back().data(), 100, 0));
    }
};
class W4 // expect: freed-while-registered
{
    std::map<int, std::vector<char>> w4_;

  public:
    void add(int k)
    {
        auto &b = w4_[k];
        b.resize(100);
        ck(cudaHostRegister(b.data(), 100, 0));
    }
};
class W5 // expect: freed-while-registered
{
    std::vector<std::unique_ptr<char[]>> w5_;

  public:
    void get(int k)
    {
        auto &p = w5_[k];
        if (!p) {
            p = std::make_unique<char[]>(100);
            ck(cudaHostRegister(p.get(), 100, 0));
        }
    }
};
class W6 // expect: freed-while-registered
{
    std::map<int, std::unique_ptr<char[]>> w6_;

  public:
    void add(int k)
    {
        auto p = std::make_unique<char[]>(100);
        ck(cudaHostRegister(p.get(), 100, 0));
        w6_.emplace(k, std::move(p));
    }
};
} // namespace wrong

namespace right
{
class A1
{
    std::map<int, void *> l1_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l1_[k] = p;
    }
    ~A1()
    {
        std::for_each(l1_.begin(), l1_.end(), [](auto &e) { (void)cudaHostUnregister(e.second); });
    }
};
class A2
{
    std::map<int, void *> l2_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l2_[k] = p;
    }
    ~A2()
    {
        for (auto it = l2_.rbegin(); it != l2_.rend(); ++it)
            (void)cudaHostUnregister(it->second);
    }
};
class A3
{
    std::map<int, void *> l3_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l3_.insert({k, p});
    }
    ~A3()
    {
        while (!l3_.empty()) {
            auto it = l3_.begin();
            (void)cudaHostUnregister(it->second);
            l3_.erase(it);
        }
    }
};
class A4
{
    std::map<int, void *> l4_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l4_.emplace(k, p);
    }
    ~A4()
    {
        for (void *p : l4_ | std::views::values)
            (void)cudaHostUnregister(p);
    }
};
class A5
{
    std::map<int, void *> l5_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l5_.insert(std::make_pair(k, p));
    }
    void del(int k)
    {
        auto n = l5_.extract(k);
        if (n)
            (void)cudaHostUnregister(n.mapped());
    }
};
class A6
{
    std::map<int, void *> l6_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l6_[k] = p;
    }
    ~A6()
    {
        std::map<int, void *> t;
        t.swap(l6_);
        for (auto &e : t)
            (void)cudaHostUnregister(e.second);
    }
};
class A7
{
    std::map<int, void *> l7_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l7_[k] = p;
    }
    ~A7()
    {
        auto t = std::move(l7_);
        for (auto &e : t)
            (void)cudaHostUnregister(e.second);
    }
};
class A8
{
    std::map<int, void *> l8_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l8_[k] = p;
    }
    ~A8()
    {
        std::vector<void *> v;
        for (auto &e : l8_)
            v.push_back(e.second);
        for (void *p : v)
            (void)cudaHostUnregister(p);
    }
};
static void undo(std::map<int, void *> &m)
{
    for (auto &[k, p] : m)
        (void)cudaHostUnregister(p);
    m.clear();
}
class A9
{
    std::map<int, void *> l9_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l9_[k] = p;
    }
    ~A9()
    {
        undo(l9_);
    }
};
void undo_elsewhere(std::map<int, void *> &m);
class A10
{
    std::map<int, void *> l10_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l10_[k] = p;
    }
    ~A10()
    {
        undo_elsewhere(l10_);
    }
};
class A11
{
    std::map<int, void *> l11_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l11_[k] = p;
    }
    const std::map<int, void *> &all() const
    {
        return l11_;
    }
};
class A12
{
    std::unordered_map<void *, size_t> l12_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l12_[p] = n;
    }
    ~A12()
    {
        for (auto &e : l12_)
            (void)cudaHostUnregister(e.first);
    }
};
class A13
{
    std::unordered_map<void *, size_t> l13_;

  public:
    void add(void *p, size_t n)
    {
        if (REG(p, n))
            l13_.emplace(p, n);
    }
    void del(void *p)
    {
        if (l13_.erase(p))
            (void)cudaHostUnregister(p);
    }
};
class A14
{
    std::map<int, std::vector<char>> l14_;

  public:
    void add(int k, size_t n)
    {
        std::vector<char> v(n + 1);
        if (REG(v.data(), n + 1))
            l14_.emplace(k, std::move(v));
    }
    void del(int k)
    {
        auto it = l14_.find(k);
        if (it == l14_.end())
            return;
        std::vector<char> v = std::move(it->second);
        l14_.erase(it);
        (void)cudaHostUnregister(v.data());
    }
};
struct Rec {
    void *p;
    size_t n;
};
class A15
{
    std::map<std::string, Rec> l15_;

  public:
    void add(const std::string &k, void *p, size_t n)
    {
        if (REG(p, n))
            l15_[k] = Rec{p, n};
    }
    void del(const std::string &k)
    {
        Rec r = l15_[k];
        (void)cudaHostUnregister(r.p);
        l15_.erase(k);
    }
};
class A16
{
    std::map<std::string, Rec> l16_;
    Rec *find(const std::string &k)
    {
        auto it = l16_.find(k);
        return it == l16_.end() ? nullptr : &it->second;
    }

  public:
    void add(const std::string &k, void *p, size_t n)
    {
        if (REG(p, n))
            l16_[k] = Rec{p, n};
    }
    void del(const std::string &k)
    {
        if (Rec *r = find(k)) {
            (void)cudaHostUnregister(r->p);
            l16_.erase(k);
        }
    }
};
class A17
{
    std::map<int, std::shared_ptr<char[]>> l17_;

  public:
    std::shared_ptr<char[]> get(int k)
    {
        auto &s = l17_[k];
        if (!s) {
            char *p = new char[64];
            if (cudaHostRegister(p, 64, 0)) {
                delete[] p;
                return nullptr;
            }
            s = std::shared_ptr<char[]>(p, [](char *q) {
                (void)cudaHostUnregister(q);
                delete[] q;
            });
        }
        return s;
    }
};
class A18
{
    struct B {
        std::vector<char> v;
        ~B()
        {
            if (!v.empty())
                (void)cudaHostUnregister(v.data());
        }
        B() = default;
        B(B &&) = default;
    };
    std::map<int, B> l18_;

  public:
    void add(int k)
    {
        auto &b = l18_[k];
        if (b.v.empty()) {
            b.v.resize(100);
            ck(cudaHostRegister(b.v.data(), 100, 0));
        }
    }
    void del(int k)
    {
        l18_.erase(k);
    }
};
static std::map<int, void *> g_m;
void g_add(int k, void *p, size_t n)
{
    if (REG(p, n))
        g_m[k] = p;
}
void g_del(int k)
{
    auto it = g_m.find(k);
    if (it != g_m.end()) {
        (void)cudaHostUnregister(it->second);
        g_m.erase(it);
    }
}
class A19
{
    std::map<int, std::map<int, void *>> l19_;

  public:
    void add(int a, int b, void *p, size_t n)
    {
        if (REG(p, n))
            l19_[a][b] = p;
    }
    ~A19()
    {
        for (auto &[a, m] : l19_)
            for (auto &[b, p] : m)
                (void)cudaHostUnregister(p);
    }
};
class A20
{
    std::map<int, std::vector<void *>> l20_;

  public:
    void add(int a, void *p, size_t n)
    {
        if (REG(p, n))
            l20_[a].push_back(p);
    }
    ~A20()
    {
        for (auto &e : l20_)
            for (void *p : e.second)
                (void)cudaHostUnregister(p);
    }
};
class A21
{
    std::multimap<int, void *> l21_;

  public:
    void add(int a, void *p, size_t n)
    {
        if (REG(p, n))
            l21_.emplace(a, p);
    }
    ~A21()
    {
        for (auto &e : l21_)
            (void)cudaHostUnregister(e.second);
    }
};
class A22
{
    std::map<int, void *> l22_;

  public:
    void add(int k, void *p, size_t n)
    {
        auto [it, fresh] = l22_.try_emplace(k, nullptr);
        if (!fresh)
            return;
        if (REG(p, n))
            it->second = p;
        else
            l22_.erase(it);
    }
    void del(int k)
    {
        auto it = l22_.lower_bound(k);
        if (it == l22_.end())
            return;
        (void)cudaHostUnregister(it->second);
        l22_.erase(it);
    }
};
class A23
{
    std::map<int, void *> l23_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n)) {
            if (auto old = l23_.find(k); old != l23_.end())
                (void)cudaHostUnregister(old->second);
            l23_[k] = p;
        }
    }
};
void loop_keys(std::vector<int> &keys, size_t n)
{
    std::map<int, char *> m;
    for (int k : keys) {
        auto [it, fresh] = m.emplace(k, nullptr);
        if (!fresh)
            continue;
        it->second = new char[n + 1];
        ck(cudaHostRegister(it->second, n + 1, 0));
    }
    for (int k : keys) {
        auto it = m.find(k);
        if (it == m.end())
            continue;
        ck(cudaHostUnregister(it->second));
        delete[] it->second;
        m.erase(it);
    }
}
void throws(std::map<int, std::vector<char>> &m)
{
    std::map<int, std::vector<char>> t;
    try {
        t[0].resize(10);
        ck(cudaHostRegister(t[0].data(), 10, 0));
        m.at(3).resize(4);
        ck(cudaHostUnregister(t.at(0).data()));
    } catch (...) {
        (void)cudaHostUnregister(t[0].data());
        throw;
    }
}
void swap_values(std::map<int, std::vector<char>> &m)
{
    m[1].resize(10);
    ck(cudaHostRegister(m[1].data(), 10, 0));
    std::swap(m[1], m[2]);
    ck(cudaHostUnregister(m[2].data()));
    m.erase(1);
}
void init_list()
{
    std::map<int, std::vector<char>> m{{1, std::vector<char>(10)}, {2, std::vector<char>(20)}};
    for (auto &[k, v] : m)
        ck(cudaHostRegister(v.data(), 10, 0));
    for (auto &[k, v] : m)
        ck(cudaHostUnregister(v.data()));
}
void count_loop(std::map<int, std::vector<char>> &m, int n)
{
    for (int i = 0; i < n; i++)
        if (m.contains(i))
            ck(cudaHostRegister(m[i].data(), 10, 0));
    for (int i = 0; i < n; i++)
        if (m.contains(i))
            ck(cudaHostUnregister(m[i].data()));
    m.clear();
}
void neg(std::map<int, std::vector<char>> &m, int k)
{
    if (m.count(k) == 0) {
        m[k].resize(10);
        ck(cudaHostRegister(m[k].data(), 10, 0));
    }
    if (m.count(k) == 1) {
        ck(cudaHostUnregister(m[k].data()));
        m.erase(k);
    }
    if (m.count(k))
        return;
    m[k] = std::vector<char>(4);
}
class A24
{
    std::vector<std::pair<int, void *>> l24_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l24_.push_back({k, p});
    }
    ~A24()
    {
        while (!l24_.empty()) {
            auto it = l24_.begin();
            (void)cudaHostUnregister(it->second);
            l24_.erase(it);
        }
    }
};
class A25
{
    std::vector<void *> l25_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l25_.push_back(p);
    }
    ~A25()
    {
        std::vector<void *> v;
        for (auto &e : l25_)
            v.push_back(e);
        for (void *p : v)
            (void)cudaHostUnregister(p);
    }
};
class A26
{
    std::vector<std::pair<int, void *>> l26_;

  public:
    void add(int k, void *p, size_t n)
    {
        if (REG(p, n))
            l26_.push_back({k, p});
    }
    ~A26()
    {
        std::vector<void *> v;
        for (auto &e : l26_)
            v.push_back(e.second);
        for (void *p : v)
            (void)cudaHostUnregister(p);
    }
};
class A27
{
    std::vector<Rec> l27_;

  public:
    void add(const std::string &k, void *p, size_t n)
    {
        if (REG(p, n))
            l27_.push_back(Rec{p, n});
    }
    void del(int k)
    {
        Rec r = l27_[k];
        (void)cudaHostUnregister(r.p);
        l27_.erase(l27_.begin() + k);
    }
};
class A28
{
    std::map<int, std::unique_ptr<char[]>> l28_;

  public:
    void add(int k)
    {
        auto p = std::make_unique<char[]>(100);
        ck(cudaHostRegister(p.get(), 100, 0));
        l28_.emplace(k, std::move(p));
    }
    void del(int k)
    {
        auto it = l28_.find(k);
        if (it != l28_.end()) {
            (void)cudaHostUnregister(it->second.get());
            l28_.erase(it);
        }
    }
};
class A29
{
    std::map<int, std::unique_ptr<char[]>> l29_;

  public:
    void add(int k)
    {
        auto p = std::make_unique<char[]>(100);
        ck(cudaHostRegister(p.get(), 100, 0));
        l29_[k] = std::move(p);
    }
    void del(int k)
    {
        std::unique_ptr<char[]> p = std::move(l29_[k]);
        l29_.erase(k);
        (void)cudaHostUnregister(p.get());
    }
};
struct D {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
class A30
{
    std::map<int, std::unique_ptr<char[], D>> l30_;

  public:
    void add(int k)
    {
        std::unique_ptr<char[], D> p(new char[100]);
        ck(cudaHostRegister(p.get(), 100, 0));
        l30_[k] = std::move(p);
    }
};
} // namespace right
