// Wrappers that only forward, and are not used here: what they are given is not known.
#include <cuda_runtime.h>

#include <utility>

template <typename... Arguments>
inline cudaError_t host_register(Arguments &&...arguments)
{
    return cudaHostRegister(std::forward<Arguments>(arguments)...);
}

template <typename... Arguments>
inline cudaError_t host_unregister(Arguments &&...arguments)
{
    return cudaHostUnregister(std::forward<Arguments>(arguments)...);
}

template <typename... Arguments>
inline cudaError_t host_free(Arguments &&...arguments)
{
    return cudaFreeHost(std::forward<Arguments>(arguments)...);
}

template <typename... Pointers>
inline bool free_all(Pointers *...pointers)
{
    bool freed[] = {true, cudaFreeHost(pointers) == cudaSuccess...};
    for (bool was_freed : freed)
        if (!was_freed)
            return false;
    return true;
}

template <typename Pointer>
inline cudaError_t forward_one(Pointer &&pointer)
{
    return cudaFreeHost(std::forward<Pointer>(pointer));
}
