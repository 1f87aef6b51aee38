#ifndef BEFRIENDED_HPP
#define BEFRIENDED_HPP
#include <cuda_runtime.h>

class owner_elsewhere;
class owner_here;
void adopt_elsewhere(class adopted &a);

// A friend out of sight may store what it likes, and undo what was registered.
class lent
{
    friend class owner_elsewhere;
    char *p_ = new char[8192];

  public:
    bool fill()
    {
        return cudaHostRegister(p_, 8192, 0) == cudaSuccess;
    }
    ~lent()
    {
        delete[] p_;
    }
};

class adopted
{
    friend void adopt_elsewhere(adopted &a);
    void *q_ = nullptr;

  public:
    bool fill()
    {
        return cudaMallocHost(&q_, 4096) == cudaSuccess;
    }
    void drop()
    {
        (void)cudaFree(q_);
    }
};

// This one is in sight.
class kept
{
    friend class owner_here;
    char *p_ = new char[8192];
    void *q_ = nullptr;

  public:
    bool fill()
    {
        return cudaHostRegister(p_, 8192, 0) == cudaSuccess &&
               cudaMallocHost(&q_, 4096) == cudaSuccess;
    }
    void drop();
    ~kept();
};

class owner_here
{
    kept *first_;

  public:
    explicit owner_here(kept *first) : first_(first)
    {
    }
    bool has() const
    {
        return first_ && first_->q_;
    }
};
#endif
