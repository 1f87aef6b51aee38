// Right templates: containers of what a template leaves open are followed as others are.
#include <array>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

template <class T> class G1
{
    std::vector<T *> r1_;

  public:
    void add(size_t n)
    {
        T *p = new T[n + 1];
        ck(cudaHostRegister(p, (n + 1) * sizeof(T), 0));
        r1_.push_back(p);
    }
    ~G1()
    {
        for (T *p : r1_) {
            (void)cudaHostUnregister(p);
            delete[] p;
        }
    }
};
template <class T> class G2
{
    std::unique_ptr<T[]> p2_;
    size_t n_;

  public:
    explicit G2(size_t n) : p2_(new T[n + 1]), n_(n + 1)
    {
        ck(cudaHostRegister(p2_.get(), n_ * sizeof(T), 0));
    }
    G2(G2 &&) = default;
    ~G2()
    {
        if (p2_)
            (void)cudaHostUnregister(p2_.get());
    }
};
template <class T> struct Un {
    void operator()(T *p) const
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
template <class T> using Own = std::unique_ptr<T[], Un<T>>;
template <class T> Own<T> make(size_t n)
{
    Own<T> p(new T[n + 1]);
    ck(cudaHostRegister(p.get(), (n + 1) * sizeof(T), 0));
    return p;
}
template <class T> class G3
{
    Own<T> p3_;

  public:
    explicit G3(size_t n) : p3_(make<T>(n))
    {
    }
    void grow(size_t n)
    {
        p3_ = make<T>(n);
        p3_.reset();
    }
};
template <class T> std::shared_ptr<T> shared(size_t n)
{
    T *p = new T[n + 1];
    if (cudaHostRegister(p, (n + 1) * sizeof(T), 0)) {
        delete[] p;
        return nullptr;
    }
    return std::shared_ptr<T>(p, [](T *q) {
        (void)cudaHostUnregister(q);
        delete[] q;
    });
}
template <class T> class G4
{
    std::shared_ptr<T> p4_;

  public:
    explicit G4(size_t n) : p4_(shared<T>(n))
    {
    }
};
template <class T> struct Alloc {
    using value_type = T;
    T *allocate(size_t n)
    {
        T *p = new T[n + 1];
        ck(cudaHostRegister(p, n + 1, 0));
        return p;
    }
    void deallocate(T *p, size_t)
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};
template <class T> class G5
{
    std::vector<T, Alloc<T>> v5_;

  public:
    explicit G5(size_t n) : v5_(n)
    {
        v5_.push_back(T());
    }
    void grow()
    {
        v5_.resize(100);
        v5_.shrink_to_fit();
    }
};
template <class T> class G6
{
    std::vector<T> a_, b_;

  public:
    explicit G6(size_t n) : a_(n + 1), b_(n + 1)
    {
        ck(cudaHostRegister(a_.data(), n + 1, 0));
        ck(cudaHostRegister(b_.data(), n + 1, 0));
    }
    void flip()
    {
        std::swap(a_, b_);
        a_.swap(b_);
    }
    ~G6()
    {
        (void)cudaHostUnregister(a_.data());
        (void)cudaHostUnregister(b_.data());
    }
};
template <class T> void f1(std::vector<T> &v)
{
    ck(cudaHostRegister(v.data(), v.size() * sizeof(T) + 1, 0));
}
template <class T> void f2(std::vector<T> &v)
{
    ck(cudaHostUnregister(v.data()));
}
template <class T> void f3(size_t n)
{
    std::vector<T> v(n + 1);
    f1(v);
    f2(v);
    v.resize(3);
}
template <class T> void f4(size_t n)
{
    std::vector<T> v;
    v.reserve(n + 1);
    ck(cudaHostRegister(v.data(), (n + 1) * sizeof(T), 0));
    for (size_t i = 0; i < n; i++)
        v.push_back(T(i));
    ck(cudaHostUnregister(v.data()));
}
template <class T> std::vector<T> f5(size_t n)
{
    std::vector<T> v(n + 1);
    ck(cudaHostRegister(v.data(), (n + 1) * sizeof(T), 0));
    return v;
}
template <class T> void f6(std::vector<T> v)
{
    ck(cudaHostRegister(v.data(), 1, 0));
    ck(cudaHostUnregister(v.data()));
}
template <class T> void f7(std::vector<T> &out, size_t n)
{
    std::vector<T> v(n + 1);
    ck(cudaHostRegister(v.data(), (n + 1) * sizeof(T), 0));
    out = std::move(v);
}
template <class T> void f8(std::vector<T> &out, size_t n)
{
    std::vector<T> v{T(1), T(2)};
    ck(cudaHostRegister(v.data(), 2 * sizeof(T), 0));
    out.swap(v);
}
template <class T> class G7
{
    std::vector<T> v7_;
    T *d_;

  public:
    G7(const T *p, size_t n) : v7_(p, p + n)
    {
        d_ = v7_.data();
        ck(cudaHostRegister(d_, n + 1, 0));
    }
    G7(G7 &&o) noexcept : v7_(std::move(o.v7_)), d_(std::exchange(o.d_, nullptr))
    {
    }
    ~G7()
    {
        if (d_)
            (void)cudaHostUnregister(d_);
    }
};
template <class T> class G8
{
    struct S {
        std::vector<T> v;
        bool pinned = false;
    };
    std::vector<S> s8_;

  public:
    void add(size_t n)
    {
        S s;
        s.v.resize(n + 1);
        s.pinned = cudaHostRegister(s.v.data(), n + 1, 0) == cudaSuccess;
        s8_.push_back(std::move(s));
    }
    ~G8()
    {
        for (S &s : s8_)
            if (s.pinned)
                (void)cudaHostUnregister(s.v.data());
    }
};
template <class T> class G9
{
    std::optional<std::vector<T>> o9_;

  public:
    void set(size_t n)
    {
        clear();
        o9_.emplace(n + 1);
        ck(cudaHostRegister(o9_->data(), n + 1, 0));
    }
    void clear()
    {
        if (o9_) {
            (void)cudaHostUnregister(o9_->data());
            o9_.reset();
        }
    }
    ~G9()
    {
        clear();
    }
};
template <class K, class V> class G10
{
    std::map<K, V> m10_;

  public:
    void add(const K &k, size_t n)
    {
        V v(n + 1);
        ck(cudaHostRegister(v.data(), n + 1, 0));
        m10_.emplace(k, std::move(v));
    }
    ~G10()
    {
        for (auto &e : m10_)
            (void)cudaHostUnregister(e.second.data());
    }
};
template <class T> class G11
{
    std::map<int, T *> m11_;

  public:
    void add(int k, T *p, size_t n)
    {
        ck(cudaHostRegister(p, n + 1, 0));
        m11_[k] = p;
    }
    void del(int k)
    {
        (void)cudaHostUnregister(m11_[k]);
        m11_.erase(k);
    }
};
template <class T> class G12
{
    std::deque<std::vector<T>> q_;

  public:
    void add(size_t n)
    {
        q_.emplace_back(n + 1);
        ck(cudaHostRegister(q_.back().data(), n + 1, 0));
    }
    void pop()
    {
        (void)cudaHostUnregister(q_.front().data());
        q_.pop_front();
    }
    ~G12()
    {
        while (!q_.empty())
            pop();
    }
};
template <class T> class G13
{
    std::vector<T> v13_;
    std::function<void()> undo_;

  public:
    explicit G13(size_t n) : v13_(n + 1)
    {
        ck(cudaHostRegister(v13_.data(), n + 1, 0));
        undo_ = [this] { (void)cudaHostUnregister(v13_.data()); };
    }
    ~G13()
    {
        undo_();
    }
};
template <class T> class G14
{
    std::vector<T> v14_;

  public:
    explicit G14(size_t n);
    ~G14();
    void resize(size_t n);
    T *data()
    {
        return v14_.data();
    }
};
template <class T> G14<T>::G14(size_t n) : v14_(n + 1)
{
    ck(cudaHostRegister(v14_.data(), n + 1, 0));
}
template <class T> G14<T>::~G14()
{
    (void)cudaHostUnregister(data());
}
template <class T> void G14<T>::resize(size_t n)
{
    (void)cudaHostUnregister(data());
    v14_.resize(n + 1);
    ck(cudaHostRegister(data(), n + 1, 0));
}
template <class T> class G15
{
    std::vector<T> v15_;

  public:
    std::vector<T> &v()
    {
        return v15_;
    }
    void pin()
    {
        ck(cudaHostRegister(v15_.data(), 8, 0));
    }
    void unpin()
    {
        ck(cudaHostUnregister(v15_.data()));
    }
};
template <class T> class Base
{
  protected:
    std::vector<T> v16_;
    void pin()
    {
        ck(cudaHostRegister(v16_.data(), 8, 0));
    }
};
template <class T> class G16 : public Base<T>
{
  public:
    G16()
    {
        this->v16_.resize(8);
        this->pin();
    }
    ~G16()
    {
        (void)cudaHostUnregister(this->v16_.data());
    }
};
template <class T> class G17
{
    std::array<std::vector<T>, 2> a17_;

  public:
    G17()
    {
        for (auto &v : a17_) {
            v.resize(8);
            ck(cudaHostRegister(v.data(), 8, 0));
        }
    }
    ~G17()
    {
        for (auto &v : a17_)
            (void)cudaHostUnregister(v.data());
    }
};
template <class T> class G18
{
    std::string s_;
    std::vector<float> f_;

  public:
    G18(const T &) : s_("abc"), f_(10)
    {
        ck(cudaHostRegister(f_.data(), 8, 0));
    }
    ~G18()
    {
        (void)cudaHostUnregister(f_.data());
    }
};
class shows_its_buffer
{
    std::vector<float> v20_;
    float *d_;

  public:
    shows_its_buffer(const float *p, size_t n) : v20_(p, p + n)
    {
        d_ = v20_.data();
        ck(cudaHostRegister(d_, n + 1, 0));
    }
    shows_its_buffer(shows_its_buffer &&o) noexcept
        : v20_(std::move(o.v20_)), d_(std::exchange(o.d_, nullptr))
    {
    }
    ~shows_its_buffer()
    {
        if (d_)
            (void)cudaHostUnregister(d_);
    }
};
// Of what find gives in a pattern, no type is known.
template <class T> class found_by_key
{
    std::map<int, std::vector<T>> map_;

  public:
    void pin(size_t n)
    {
        if (n == 0)
            return;
        auto &v = map_[1];
        v.resize(n);
        if (cudaHostRegister(v.data(), n * sizeof(T), 0) != cudaSuccess)
            map_.erase(1);
    }
    ~found_by_key()
    {
        auto it = map_.find(1);
        if (it != map_.end())
            (void)cudaHostUnregister(it->second.data());
    }
};
void pin_by_key()
{
    found_by_key<float> floats;
    floats.pin(1000);
}
