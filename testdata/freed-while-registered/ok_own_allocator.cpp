/* What a vector with the project's own allocator does to its buffer is the allocator's to say. */
#include <cuda_runtime.h>
#include <cstdlib>
#include <new>
#include <vector>

template <class T>
struct registering {
    using value_type = T;
    registering() = default;
    template <class U>
    registering(const registering<U> &)
    {
    }
    T *allocate(std::size_t count)
    {
        void *block = malloc(count * sizeof(T) + 1);
        if (!block || cudaHostRegister(block, count * sizeof(T) + 1, 0) != cudaSuccess)
            throw std::bad_alloc();
        return static_cast<T *>(block);
    }
    void deallocate(T *block, std::size_t)
    {
        (void)cudaHostUnregister(block);
        free(block);
    }
};

void local_vector()
{
    std::vector<float, registering<float>> values(100);
    values.push_back(1);
    if (cudaHostUnregister(values.data()) == cudaSuccess &&
        cudaHostRegister(values.data(), 400, cudaHostRegisterMapped) != cudaSuccess)
        abort();
}
