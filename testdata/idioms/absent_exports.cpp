// Macros in front of the names of classes, of a header that the build generates.
#include <cuda_runtime.h>

#include <cstdlib>

class STAGE_EXPORT Stage {
  public:
    Stage();
    ~Stage();

  private:
    void *block;
};

STAGE_EXPORT Stage::Stage() : block(std::malloc(4096))
{
    if (cudaHostRegister(block, 4096, cudaHostRegisterDefault) != cudaSuccess)
        std::abort();
}

STAGE_EXPORT Stage::~Stage()
{
    if (cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

template <class T> class STAGE_EXPORT Typed final {
  public:
    Typed(const Typed<T> &other) = delete;
    explicit Typed(std::size_t count);
    ~Typed();

  private:
    T *items;
    class STAGE_LOCAL Part : public Stage {
        T *item;
    };
};

template <class T> Typed<T>::Typed(std::size_t count) : items(new T[count + 1])
{
    if (cudaHostRegister(items, (count + 1) * sizeof(T), cudaHostRegisterDefault) != cudaSuccess)
        std::abort();
}

template <class T> Typed<T>::~Typed()
{
    delete[] items; // expect: freed-while-registered
    if (cudaHostUnregister(items) != cudaSuccess)
        std::abort();
}

template class Typed<float>;
