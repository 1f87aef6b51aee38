// Structured bindings over what a template's member holds: its destructor is lowered as it is
// written, and finds the parts of the elements.
#include <cstdlib>
#include <cuda_runtime.h>
#include <map>
#include <vector>

template <class T> struct halo {
    std::vector<T> sent, received;
    bool locked = false;

    void resize(size_t n)
    {
        unlock();
        sent.assign(n, T(0));
        received.assign(n, T(0));
    }
    void lock()
    {
        if (locked || sent.empty())
            return;
        if (cudaHostRegister(sent.data(), sent.size() * sizeof(T), 0) != cudaSuccess)
            abort();
        if (cudaHostRegister(received.data(), received.size() * sizeof(T), 0) != cudaSuccess) // expect: nonconstant-size
            abort();
        locked = true;
    }
    void unlock()
    {
        if (!locked)
            return;
        if (cudaHostUnregister(received.data()) != cudaSuccess)
            abort();
        if (cudaHostUnregister(sent.data()) != cudaSuccess)
            abort();
        locked = false;
    }
};

template <class T> class field {
public:
    explicit field(size_t n)
    {
        for (int side = 0; side < 2; side++)
            halos_[side].resize(n);
    }
    ~field()
    {
        for (auto &[side, part] : halos_)
            part.unlock();
    }
    void pin()
    {
        for (auto &entry : halos_)
            entry.second.lock();
    }
    void regrid(size_t n)
    {
        for (auto &entry : halos_) {
            entry.second.resize(n);
            entry.second.lock();
        }
    }

private:
    std::map<int, halo<T>> halos_;
};

template <class T> class forgetful {
public:
    explicit forgetful(size_t n)
    {
        halos_[1].resize(n);
    }
    ~forgetful()
    {
        for (auto &[side, part] : halos_)
            ++ended_;
    } // expect: freed-while-registered
    void pin()
    {
        for (auto &entry : halos_)
            entry.second.lock();
    }
    void regrid(size_t n)
    {
        for (auto &entry : halos_) {
            entry.second.resize(n);
            entry.second.lock();
        }
    }

private:
    int ended_ = 0;
    std::map<int, halo<T>> halos_;
};

// No instance says here what the elements are: what is done with a part may be done to any.
template <class T> class unsaid {
public:
    explicit unsaid(size_t n)
    {
        halos_[1].resize(n);
        halos_[1].lock();
    }
    ~unsaid()
    {
        for (auto &[side, part] : halos_)
            part.unlock();
    }

private:
    std::map<long, halo<T>> halos_;
};

void use()
{
    field<float> one(4096);
    one.pin();
    one.regrid(8192);
    forgetful<float> two(4096);
    two.pin();
    two.regrid(8192);
    unsaid<float> three(4096);
}
