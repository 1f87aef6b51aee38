// Constants of a class template whose values depend on its parameter, in a class that pins.
#include <cstddef>
#include <cstdlib>
#include <cuda_runtime.h>
#include <sys/mman.h>

template <typename T, unsigned Lanes>
class stream {
public:
    static constexpr unsigned per_lane{(Lanes * sizeof(unsigned)) < sizeof(T)
                                           ? 1
                                           : (Lanes * sizeof(unsigned) / sizeof(T))};
    static constexpr unsigned doubled = Lanes * 2 + sizeof(T);

    explicit stream(unsigned n)
    {
        if (cudaMallocHost(&sums_, sizeof(T) * per_lane * (n + 1)) != cudaSuccess)
            sums_ = nullptr;
    }
    ~stream()
    {
        cudaFreeHost(sums_); // expect: unchecked-call
    }

private:
    T *sums_ = nullptr;
};

int use()
{
    stream<double, 4> s(stream<double, 4>::doubled);
    return 0;
}

template <typename T, std::size_t Count>
class ring {
    static constexpr std::size_t bytes = Count * sizeof(T);
    void *memory_;

public:
    ring()
    {
        memory_ = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory_ == MAP_FAILED || cudaHostRegister(memory_, bytes, 0) != cudaSuccess)
            std::abort();
    }
    ~ring()
    {
        munmap(memory_, bytes); // expect: freed-while-registered
    }
};

template <typename T, std::size_t Count>
class buffer {
    static constexpr std::size_t count = 2 * Count;
    T *memory_ = new T[count];

public:
    buffer()
    {
        if (cudaHostRegister(memory_, count, 0) != cudaSuccess) // expect: size-mismatch
            std::abort();
    }
    ~buffer()
    {
        (void)cudaHostUnregister(memory_);
        delete[] memory_;
    }
};

int use_arrays()
{
    ring<double, 1024> r;
    buffer<double, 1024> b;
    return 0;
}
