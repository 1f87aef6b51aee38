// What the compiler computes lies with the constants; what the program computes does not.
#include <array>
#include <cstdint>
#include <cuda_runtime.h>

static constexpr std::uint16_t half(std::size_t of)
{
    return static_cast<std::uint16_t>(of / 2);
}

template <std::size_t N> static constexpr std::array<std::uint16_t, N> halves()
{
    std::array<std::uint16_t, N> made{};
    for (std::size_t i = 0; i < N; ++i)
        made[i] = half(i);
    return made;
}

static constexpr auto table = halves<4096>();
static constexpr std::uint16_t pair[] = {half(4), half(6)};
extern std::uint16_t from_outside();
static const std::uint16_t from_elsewhere[] = {from_outside()};

template <class T> static bool pinned(const T &object, unsigned flags)
{
    void *memory = const_cast<T *>(&object);
    return cudaHostRegister(memory, sizeof object, flags) == cudaSuccess && // expect: readonly-memory
           cudaHostUnregister(memory) == cudaSuccess;
}

bool computed_by_the_compiler()
{
    return pinned(table, 0);
}

bool elements()
{
    auto *memory = const_cast<std::uint16_t *>(pair);
    return cudaHostRegister(memory, sizeof pair, 0) == cudaSuccess && // expect: readonly-memory
           cudaHostUnregister(memory) == cudaSuccess;
}

bool not_known_to_be()
{
    auto *memory = const_cast<std::uint16_t *>(from_elsewhere);
    return cudaHostRegister(memory, sizeof from_elsewhere, 0) == cudaSuccess &&
           cudaHostUnregister(memory) == cudaSuccess;
}

bool with_the_flag()
{
    return pinned(table, cudaHostRegisterReadOnly);
}
