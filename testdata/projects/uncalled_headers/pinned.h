/* What a library offers: nothing in this project calls it, its users do. */
#ifndef PINNED_H
#define PINNED_H

#include <cuda_runtime.h>

#include <cstddef>

#define GUARDED(name, arguments)                                                                   \
    do {                                                                                           \
        if (name arguments != cudaSuccess)                                                         \
            throw #name;                                                                           \
    } while (0)

namespace pinned {

// Right.
inline bool pin_page(void *block)
{
    return cudaHostRegister(block, 4096, cudaHostRegisterDefault) == cudaSuccess;
}

// Right.
inline void unpin(void *block)
{
    GUARDED(cudaHostUnregister, (block));
}

inline void pin_nothing(void *block)
{
    GUARDED(cudaHostRegister, (block, 0, cudaHostRegisterDefault)); // expect: zero-size
}

template <class T>
class Slot {
  public:
    // Right.
    T *take()
    {
        void *block = nullptr;

        GUARDED(cudaMallocHost, (&block, sizeof(double)));
        return static_cast<T *>(block);
    }

    T *take_unseen()
    {
        void *block = nullptr;

        cudaMallocHost(&block, sizeof(double)); // expect: unchecked-call
        return static_cast<T *>(block);
    }
};

} // namespace pinned

#endif
