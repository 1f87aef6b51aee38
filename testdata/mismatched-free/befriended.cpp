// Friends of a class, as its member functions, name what it keeps private.
#include "befriended.hpp"

bool fill(lent &a, adopted &b, kept &c)
{
    return a.fill() && b.fill() && c.fill();
}

void kept::drop()
{
    (void)cudaFree(q_); // expect: mismatched-free
}

kept::~kept()
{
    delete[] p_; // expect: freed-while-registered
}

// Nobody else can name a class of this file, whoever its friends are.
class own
{
    friend class owner_elsewhere;
    void *q_ = nullptr;

  public:
    bool fill();
    void drop();
};

bool own::fill()
{
    return cudaMallocHost(&q_, 4096) == cudaSuccess;
}

void own::drop()
{
    (void)cudaFree(q_); // expect: mismatched-free
}
