// Templates that nothing instantiates: what holds for every instance.
#include <cstdlib>
#include <cuda_runtime_api.h>

template <class T> class freed_by_destructor
{
    T *p_;
    size_t n_;

  public:
    explicit freed_by_destructor(size_t n) : p_((T *)malloc((n + 1) * sizeof(T))), n_(n + 1)
    {
        if (p_ == nullptr || n_ == 0)
            throw 1;
        if (cudaHostRegister(p_, n_ * sizeof(T), 0) != cudaSuccess)
            throw 1;
    }
    ~freed_by_destructor()
    {
        free(p_); // expect: freed-while-registered
    }
};

template <class T> class undone_by_destructor
{
    T *p_;

  public:
    explicit undone_by_destructor(size_t n) : p_(new T[n + 1])
    {
        if (cudaHostRegister(p_, 4096, 0) != cudaSuccess)
            throw 1;
    }
    ~undone_by_destructor()
    {
        (void)cudaHostUnregister(p_);
        delete[] p_;
    }
};

template <class T> class undone_by_member
{
    T *p_;
    bool pinned_ = false;

    void undo()
    {
        if (pinned_)
            (void)cudaHostUnregister(p_);
        pinned_ = false;
    }

  public:
    explicit undone_by_member(size_t n) : p_(new T[n + 1])
    {
        pinned_ = cudaHostRegister(p_, 4096, 0) == cudaSuccess;
    }
    ~undone_by_member()
    {
        undo();
        delete[] p_;
    }
};

template <class T, class Policy> class undone_by_policy : Policy
{
    T *p_;

  public:
    explicit undone_by_policy(size_t n) : p_(new T[n + 1])
    {
        if (cudaHostRegister(p_, 4096, 0) != cudaSuccess)
            throw 1;
    }
    ~undone_by_policy()
    {
        this->undo(p_);
        delete[] p_;
    }
};

template <class T> class out_of_line
{
    T *p_;

  public:
    explicit out_of_line(size_t n);
    ~out_of_line();
};
template <class T> out_of_line<T>::out_of_line(size_t n) : p_(new T[n + 1])
{
    if (cudaHostRegister(p_, 4096, 0) != cudaSuccess)
        throw 1;
}
template <class T> out_of_line<T>::~out_of_line()
{
    (void)cudaHostUnregister(p_);
    delete[] p_;
}

template <class T> int registers_in_a_closure(size_t n)
{
    T *p = (T *)malloc((n + 1) * sizeof(T));
    auto pin = [&] { return cudaHostRegister(p, 4096, 0); };
    if (pin() != cudaSuccess) {
        free(p);
        return 1;
    }
    free(p); // expect: freed-while-registered
    return 0;
}

template <class T> int undone_in_a_closure(size_t n)
{
    T *p = (T *)malloc((n + 1) * sizeof(T));
    auto pin = [&] { return cudaHostRegister(p, 4096, 0); };
    auto drop = [p] {
        (void)cudaHostUnregister(p);
        free(p);
    };
    if (pin() != cudaSuccess) {
        free(p);
        return 1;
    }
    drop();
    return 0;
}

template <class T> void checked_in_a_closure(T *p)
{
    auto check = [](cudaError_t e) {
        if (e != cudaSuccess)
            abort();
    };
    check(cudaHostRegister(p, 4096, 0));
    check(cudaHostUnregister(p));
}

template <class T> void drops_what_a_closure_says(T *p)
{
    auto pin = [=] { return cudaHostRegister(p, 4096, 0); };
    pin(); // expect: unchecked-call
    (void)cudaHostUnregister(p);
}

template <class F> struct defer {
    F f;
    ~defer()
    {
        f();
    }
};

template <class T> int undone_by_a_guard(size_t n)
{
    T *p = new T[n + 1];
    if (cudaHostRegister(p, 4096, 0)) {
        delete[] p;
        return 1;
    }
    auto undo = [p] {
        (void)cudaHostUnregister(p);
        delete[] p;
    };
    defer<decltype(undo)> guard{undo};
    return 0;
}
