// A class whose objects own a registration: what the assignment overwrites is never undone.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <utility>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

class forgets
{
  public:
    forgets(void *pointer, size_t bytes) : pointer_(pointer)
    {
        CHECK(cudaHostRegister(pointer, bytes + 1, 0)); // expect: register-leak
    }
    forgets(forgets &&other) noexcept : pointer_(std::exchange(other.pointer_, nullptr))
    {
    }
    forgets &operator=(forgets &&other) noexcept
    {
        pointer_ = std::exchange(other.pointer_, nullptr);
        return *this;
    }
    ~forgets()
    {
        if (pointer_)
            (void)cudaHostUnregister(pointer_);
    }

  private:
    void *pointer_;
};

// Right: undone first.
class undoes
{
  public:
    undoes(void *pointer, size_t bytes) : pointer_(pointer)
    {
        CHECK(cudaHostRegister(pointer, bytes + 1, 0));
    }
    undoes(undoes &&other) noexcept : pointer_(std::exchange(other.pointer_, nullptr))
    {
    }
    undoes &operator=(undoes &&other) noexcept
    {
        if (this != &other) {
            undo();
            pointer_ = std::exchange(other.pointer_, nullptr);
        }
        return *this;
    }
    ~undoes()
    {
        undo();
    }

  private:
    void undo()
    {
        if (pointer_)
            (void)cudaHostUnregister(pointer_);
    }
    void *pointer_;
};

// Right: the other one undoes it.
class swaps
{
  public:
    swaps(void *pointer, size_t bytes) : pointer_(pointer)
    {
        CHECK(cudaHostRegister(pointer, bytes + 1, 0));
    }
    swaps(swaps &&other) noexcept : pointer_(std::exchange(other.pointer_, nullptr))
    {
    }
    swaps &operator=(swaps &&other) noexcept
    {
        std::swap(pointer_, other.pointer_);
        return *this;
    }
    ~swaps()
    {
        if (pointer_)
            (void)cudaHostUnregister(pointer_);
    }

  private:
    void *pointer_;
};

template <class Region> static void assign()
{
    static char first[64], second[64];
    Region region(first, sizeof first - 1);

    region = Region(second, sizeof second - 1);
}

static void forgotten()
{
    assign<forgets>();
}

static void undone()
{
    assign<undoes>();
}

static void swapped()
{
    assign<swaps>();
}

static const struct run_case cases[] = {
    CASE(forgotten),
    CASE(undone),
    CASE(swapped),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
