// Containers of what a template leaves open: nothing here is instantiated but where a line says so.
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <vector>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

template <class T> class leaves_a_vector // expect: freed-while-registered
{
    std::vector<T> v1_;

  public:
    explicit leaves_a_vector(size_t n) : v1_(n + 1)
    {
        ck(cudaHostRegister(v1_.data(), v1_.size() * sizeof(T), 0));
    }
};

template <class T> class leaves_an_array // expect: freed-while-registered
{
    std::unique_ptr<T[]> v2_;

  public:
    explicit leaves_an_array(size_t n) : v2_(new T[n + 1])
    {
        ck(cudaHostRegister(v2_.get(), (n + 1) * sizeof(T), 0));
    }
};

template <class T> struct pinned_later { // expect: freed-while-registered
    std::vector<T> v5_;

    void pin()
    {
        ck(cudaHostRegister(v5_.data(), v5_.size() * sizeof(T) + 1, 0));
    }
};

template <class T> class instantiated_by_hand // expect: freed-while-registered
{
    std::vector<T> p_;

  public:
    explicit instantiated_by_hand(size_t n) : p_(n + 1)
    {
        ck(cudaHostRegister(p_.data(), p_.size() * sizeof(T), 0));
    }
};

template class instantiated_by_hand<float>;
template <class T> class declared_elsewhere // expect: freed-while-registered
{
    std::vector<T> q_;

  public:
    explicit declared_elsewhere(size_t n) : q_(n + 1024)
    {
        ck(cudaHostRegister(q_.data(), q_.size() * sizeof(T), 0));
    }
};
extern template class declared_elsewhere<float>;
template <class T> class instantiated // expect: freed-while-registered
{
    std::vector<T> r_;

  public:
    explicit instantiated(size_t n) : r_(n + 1024)
    {
        ck(cudaHostRegister(r_.data(), r_.size() * sizeof(T), 0));
    }
};

void use_instance()
{
    instantiated<float> p(3);
}

template <class T> struct local_in_a_member {
    void f(size_t n)
    {
        std::vector<T> v(n + 1024);
        ck(cudaHostRegister(v.data(), v.size() * sizeof(T), 0));
    } // expect: freed-while-registered
};

void use_member()
{
    local_in_a_member<float> x;
    x.f(3);
}

template <class T> void local_in_a_function(size_t n)
{
    std::vector<T> v(n + 1024);
    ck(cudaHostRegister(v.data(), v.size() * sizeof(T), 0));
} // expect: freed-while-registered
void use_function()
{
    local_in_a_function<float>(3);
}

template <class T> void grown(size_t n)
{
    std::vector<T> v(n + 1024);
    ck(cudaHostRegister(v.data(), v.size() * sizeof(T), 0));
    v.push_back(T()); // expect: freed-while-registered
    ck(cudaHostUnregister(v.data()));
}

template <class T> class kept_in_a_map
{
    std::map<int, T *> s7_;

  public:
    void add(int k, T *p, size_t n)
    {
        ck(cudaHostRegister(p, (n + 1) * sizeof(T), 0)); // expect: register-leak
        s7_[k] = p;
    }
};
