// The operator() of a class template's instance is known where the library is given an object of it,
// or names it as a deleter.
#include <algorithm>
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <memory>
#include <variant>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

template <class T> static T *pinned(std::size_t count)
{
    T *block = new T[count];
    check(cudaHostRegister(block, count * sizeof(T), 0));
    return block;
}

// ---- deleters that a type names ----

template <class T> struct host_deleter {
    void operator()(T *block) const
    {
        check(cudaHostUnregister(block));
        delete[] block;
    }
};

template <class T> struct forgetful_deleter {
    void operator()(T *block) const { delete[] block; } // expect: freed-while-registered
};

template <class T> struct late_deleter {
    void operator()(T *block) const
    {
        delete[] block; // expect: freed-while-registered
        check(cudaHostUnregister(block));
    }
};

void owned()
{
    std::unique_ptr<float, host_deleter<float>> one(pinned<float>(4096));
    std::unique_ptr<double[], host_deleter<double>> many(pinned<double>(4096));
}

void owned_and_forgotten()
{
    std::unique_ptr<float, forgetful_deleter<float>> one(pinned<float>(4096));
}

void owned_too_long()
{
    std::unique_ptr<double[], late_deleter<double>> many(pinned<double>(4096));
}

void owned_and_undone_twice()
{
    std::unique_ptr<float, host_deleter<float>> one(pinned<float>(4096));
    check(cudaHostUnregister(one.get()));
    one.release();
}

// ---- deleters that an owner is given ----

template <class T> struct given_deleter {
    void operator()(T *block) const { delete[] block; } // expect: freed-while-registered
};

void shared()
{
    std::shared_ptr<float> block(pinned<float>(4096), host_deleter<float>());
}

void shared_and_forgotten()
{
    std::shared_ptr<float> block(pinned<float>(4096), given_deleter<float>());
}

// ---- functors ----

template <class T> struct undo {
    void operator()(T *block) const { check(cudaHostUnregister(block)); }
};

template <class T> struct only_free {
    void operator()(T *block) const { delete[] block; } // expect: freed-while-registered
};

void called_through_function()
{
    float *block = pinned<float>(4096);
    std::function<void(float *)> ends = undo<float>();
    ends(block);
    delete[] block;
}

void freed_through_function()
{
    float *block = pinned<float>(4096);
    std::function<void(float *)> ends = only_free<float>();
    ends(block);
}

void for_each_of_two()
{
    float *blocks[2] = {pinned<float>(4096), pinned<float>(4096)};
    std::for_each(blocks, blocks + 2, host_deleter<float>());
}

// ---- visitors ----

template <class T> struct frees {
    void operator()(T *block) const { delete[] block; } // expect: freed-while-registered
    void operator()(int) const {}
};

template <class T> struct undoes {
    void operator()(T *block) const
    {
        check(cudaHostUnregister(block));
        delete[] block;
    }
    void operator()(int) const {}
};

void visited()
{
    std::variant<int, float *> state = pinned<float>(4096);
    std::visit(undoes<float>{}, state);
}

void visited_and_forgotten()
{
    std::variant<int, float *> state = pinned<float>(4096);
    std::visit(frees<float>{}, state);
}

// ---- members ----

class kept {
    std::unique_ptr<float[], host_deleter<float>> block_;

  public:
    kept() : block_(pinned<float>(4096)) {}
};

template <class T> struct members_deleter {
    void operator()(T *block) const { delete[] block; } // expect: freed-while-registered
};

class kept_and_forgotten {
    std::unique_ptr<float[], members_deleter<float>> block_;

  public:
    kept_and_forgotten() : block_(pinned<float>(4096)) {}
};

void keeps()
{
    kept right;
    kept_and_forgotten wrong;
}
