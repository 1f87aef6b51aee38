// What is left of a number when its half, or the rest of a division, is taken away.
#include <cstdlib>
#include <cuda_runtime_api.h>

template <class F> bool with_pinned(float *base, std::size_t count, F &&body)
{
    if (cudaHostRegister(base, count * sizeof(float), 0) != cudaSuccess) // expect: double-register
        return false;
    bool good = body();
    if (cudaHostUnregister(base) != cudaSuccess)
        good = false;
    return good;
}

// Right: there is something in both halves, and they do not meet.
bool in_halves(std::size_t n)
{
    if (n < 8192)
        return false;
    float *values = static_cast<float *>(std::malloc(n * sizeof(float)));
    if (!values)
        return false;
    bool good = with_pinned(values, n / 2, [&] {
        return with_pinned(values + n / 2, n - n / 2, [&] { return values[0] > 0; });
    });
    std::free(values);
    return good;
}

// Wrong: the second half is registered with the whole.
bool half_in_whole(std::size_t n)
{
    if (n < 8192)
        return false;
    float *values = static_cast<float *>(std::malloc(n * sizeof(float)));
    if (!values)
        return false;
    bool good = with_pinned(values, n, [&] {
        return with_pinned(values + n / 2, n - n / 2, [&] { return values[0] > 0; });
    });
    std::free(values);
    return good;
}

// Right: whole pages are left.
bool whole_pages(std::size_t n)
{
    if (n < 8192)
        return false;
    char *bytes = static_cast<char *>(std::malloc(n));
    if (!bytes)
        return false;
    bool good = cudaHostRegister(bytes, n - n % 4096, 0) == cudaSuccess;
    if (good)
        good = cudaHostUnregister(bytes) == cudaSuccess;
    std::free(bytes);
    return good;
}

// Less than a page may be nothing.
bool nothing_left(std::size_t n)
{
    if (n == 0)
        return false;
    char *bytes = static_cast<char *>(std::malloc(n));
    if (!bytes)
        return false;
    bool good = cudaHostRegister(bytes, n - n % 4096, 0) == cudaSuccess; // expect: nonconstant-size
    if (good)
        good = cudaHostUnregister(bytes) == cudaSuccess;
    std::free(bytes);
    return good;
}

int main()
{
    in_halves(8193);
    half_in_whole(8193);
    whole_pages(8193);
    nothing_left(8193);
}
