// The functions of std::ranges are objects, and std::as_bytes shows the bytes of what a view shows:
// data and size are those of the container there.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <span>
#include <stdexcept>
#include <vector>

inline void must(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error("cuda");
}

template <std::ranges::contiguous_range R> class Pin
{
    void *base;

  public:
    explicit Pin(R &range) : base(std::ranges::data(range))
    {
        if (std::ranges::empty(range))
            throw std::invalid_argument("empty");
        must(cudaHostRegister(base, std::ranges::size(range) * sizeof(std::ranges::range_value_t<R>), 0)); // expect: double-register
    }
    ~Pin()
    {
        (void)cudaHostUnregister(base);
    }
    Pin(const Pin &) = delete;
};

// Right: it grows when nothing is registered.
float grow_later(std::size_t n)
{
    std::vector<float> v(n + 4096);
    std::ranges::fill(v, 0.5f);
    {
        Pin pin(v);
        v[0] = *std::ranges::max_element(v);
    }
    v.resize(v.size() * 2);
    return v[0];
}

// Wrong: it grows meanwhile.
void grow_meanwhile(std::size_t n)
{
    std::vector<float> v(n + 4096);
    Pin pin(v);
    std::ranges::fill(v, 0.5f);
    v.resize(v.size() * 2); // expect: freed-while-registered
}

// Wrong: what is pinned already.
void pin_again()
{
    std::vector<float> v(4096);
    Pin first(v);
    Pin second(v);
}

// Wrong: elements, not bytes.
void count_of_range()
{
    std::vector<float> v(4096);
    if (cudaHostRegister(std::ranges::data(v), std::ranges::size(v), 0) != cudaSuccess) // expect: size-mismatch
        return;
    (void)cudaHostUnregister(std::ranges::data(v));
}

// Right: the bytes of the view are all of the vector.
void bytes_of_view(std::size_t n)
{
    std::vector<float> v(n + 4096);
    auto bytes = std::as_writable_bytes(std::span(v));
    if (cudaHostRegister(bytes.data(), bytes.size(), 0) != cudaSuccess)
        return;
    (void)cudaHostUnregister(v.data());
    if (cudaHostRegister(v.data(), std::as_bytes(std::span<const float>(v)).size(), 0) != cudaSuccess)
        return;
    (void)cudaHostUnregister(bytes.data());
}

// Wrong: the vector that the bytes are of grows.
void bytes_of_grown(std::size_t n)
{
    std::vector<float> v(n + 4096);
    auto bytes = std::as_writable_bytes(std::span(v));
    if (cudaHostRegister(bytes.data(), bytes.size(), 0) != cudaSuccess)
        return;
    v.push_back(1); // expect: freed-while-registered
    (void)cudaHostUnregister(bytes.data());
}

int main()
{
    grow_later(0);
    grow_meanwhile(0);
    try {
        pin_again();
    } catch (const std::runtime_error &) {
    }
    count_of_range();
    bytes_of_view(0);
    bytes_of_grown(0);
}
