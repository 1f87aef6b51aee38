// Constants of a class template whose values depend on its parameter, in a class that pins.
#include <cuda_runtime.h>

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
