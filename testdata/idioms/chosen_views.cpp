// Which part of a buffer a view shows, `c ? v.subspan(i) : v.subspan(i, n)` says: both make the
// object that is read behind it.
#include <cuda_runtime_api.h>

#include <cstddef>
#include <span>
#include <vector>

// Right: the last part takes what is left.
int in_parts(std::vector<float> &values, std::size_t parts)
{
    if (parts == 0 || values.size() < parts)
        return -1;
    const std::span<float> all(values);
    const std::size_t each = all.size() / parts;
    for (std::size_t i = 0; i < parts; ++i) {
        auto piece = i + 1 == parts ? all.subspan(i * each) : all.subspan(i * each, each);
        if (cudaHostRegister(piece.data(), piece.size_bytes(), 0) != cudaSuccess) // expect: nonconstant-size
            return -1;
    }
    return 0;
}

// Right: two halves, in either order.
int in_halves(float *values, std::size_t n, bool back_first)
{
    if (n < 4096)
        return -1;
    const std::span<float> all(values, n);
    auto first = back_first ? all.subspan(2048) : all.first(2048);
    if (cudaHostRegister(first.data(), first.size_bytes(), 0) != cudaSuccess)
        return -1;
    auto second = back_first ? all.first(2048) : all.subspan(2048);
    if (cudaHostRegister(second.data(), second.size_bytes(), 0) == cudaSuccess)
        return 0;
    (void)cudaHostUnregister(first.data());
    return -1;
}

// Wrong: the front half is registered in both ways.
int front_again(float *values, std::size_t n, bool tail_last)
{
    if (n < 4096)
        return -1;
    const std::span<float> all(values, n);
    if (cudaHostRegister(all.data(), 2048 * sizeof(float), 0) != cudaSuccess)
        return -1;
    auto second = tail_last ? all.subspan(1024, 1024) : all.first(1024);
    if (cudaHostRegister(second.data(), second.size_bytes(), 0) == cudaSuccess) // expect: double-register
        return 0;
    (void)cudaHostUnregister(all.data());
    return -1;
}
