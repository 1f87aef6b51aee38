/* A base class template reaches the members of the class derived from it. */
#include <cuda_runtime.h>
#include <cstdlib>

template <class Derived> struct Pinner {
    void pin()
    {
        auto *self = static_cast<Derived *>(this);
        if (cudaHostRegister(self->data(), 4096, 0) != cudaSuccess)
            abort();
    }
    void unpin()
    {
        if (cudaHostUnregister(static_cast<Derived *>(this)->data()) != cudaSuccess)
            abort();
    }
};

class Right : public Pinner<Right> {
public:
    char *data() { return data_; }
    ~Right()
    {
        unpin();
        delete[] data_;
    }

private:
    char *data_ = new char[4096];
};

class Wrong : public Pinner<Wrong> {
public:
    char *data() { return data_; }
    ~Wrong()
    {
        delete[] data_; // expect: freed-while-registered
    }

private:
    char *data_ = new char[4096];
};

void both()
{
    Right right;
    right.pin();
    Wrong wrong;
    wrong.pin();
}
